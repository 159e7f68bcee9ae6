const fs = require('fs');
const net = require('net');
const path = require('path');

const root = fs.realpathSync(process.argv[3]);

net.createServer({ allowHalfOpen: true }, (socket) => {
  let rest = '';
  socket.on('data', (data) => {
    const lines = (rest + data).split('\n');
    rest = lines.pop();
    if (rest.length > 65536) return socket.destroy();
    for (const line of lines) {
      const [command, name] = line.trim().split(' ');
      if (command === 'FIN') return socket.end('BYE\n');
      if (command !== 'GET' || !name) {
        socket.write('ERR unknown command\n');
        continue;
      }
      const file = path.join(root, name);
      if (name[0] === '/' || !(file + '/').startsWith(root + '/')) {
        socket.write('ERR forbidden\n');
      } else if (!fs.existsSync(file)) {
        socket.write('ERR not found\n');
      } else if (!fs.realpathSync(file).startsWith(root + '/') && file !== root + '/') {
        socket.write('ERR forbidden\n');
      } else {
        const data = fs.readFileSync(file);
        socket.write(`OK ${data.length}\n`);
        socket.write(data);
      }
    }
  });
  socket.on('end', () => socket.end());
  socket.on('error', () => {});
}).listen(Number(process.argv[2]));
