const net = require('net');

const data = new Map([['fa', 'sill'], ['mi', 'lion'], ['li', 'nez']]);

function main(args) {
  if (args.length !== 1 || !(Number(args[0]) >= 0 && Number(args[0]) <= 65535)) {
    console.error('Usage: node map.js <port>');
    return process.exit(1);
  }
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    let pending = '';
    let done = false;
    socket.setEncoding('utf8');
    socket.on('data', (chunk) => {
      if (done) return;
      const lines = (pending + chunk).split('\n');
      pending = lines.pop();
      for (const line of lines) {
        const key = line.trim();
        if (key === 'FIN') {
          done = true;
          socket.end('BYE\n');
          return;
        }
        socket.write(data.has(key) ? `OK ${data.get(key)}\n` : 'ERR unknown key\n');
      }
      if (pending.length > 65536) {
        done = true;
        socket.end('ERR line too long\n');
        socket.destroySoon();
      }
    });
    socket.on('end', () => socket.end());
    socket.on('error', (e) => console.log(e.code));
  });
  server.on('error', (e) => {
    console.error(e.message);
    process.exit(1);
  });
  server.listen(Number(args[0]));
}

main(process.argv.slice(2));
