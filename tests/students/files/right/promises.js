const fs = require('fs');
const net = require('net');
const path = require('path');

const root = fs.realpathSync(process.argv[3]);

async function answer(socket, line) {
  if (line === 'FIN') return socket.end('BYE\n');
  if (!line.startsWith('GET ')) return socket.write('ERR unknown command\n');
  try {
    const wanted = line.slice(4);
    if (path.isAbsolute(wanted)) return socket.write('ERR forbidden\n');
    const file = await fs.promises.realpath(path.join(root, wanted));
    if (!file.startsWith(root + path.sep)) return socket.write('ERR forbidden\n');
    const data = await fs.promises.readFile(file);
    socket.write(`OK ${data.length}\n`);
    // Ne pas garder en mémoire plus que ce que le client lit.
    if (!socket.write(data)) await new Promise((go) => socket.once('drain', go).once('close', go));
  } catch {
    socket.write('ERR not found\n');
  }
}

net.createServer({ allowHalfOpen: true }, (socket) => {
  let rest = Buffer.alloc(0);
  let turn = Promise.resolve();
  socket.on('data', (data) => {
    rest = Buffer.concat([rest, data]);
    for (let end; (end = rest.indexOf(10)) >= 0; rest = rest.subarray(end + 1)) {
      const line = rest.subarray(0, end).toString().replace(/\r$/, '');
      turn = turn.then(() => socket.writable && answer(socket, line));
    }
    if (rest.length > 65536) {
      socket.end('ERR line too long\n');
      rest = Buffer.alloc(0);
      socket.removeAllListeners('data');
      socket.resume();
    }
  });
  socket.on('end', () => {
    if (rest.length) turn = turn.then(() => answer(socket, rest.toString()));
    turn.then(() => socket.end());
  });
  socket.on('error', () => socket.destroy());
}).listen(Number(process.argv[2]));
