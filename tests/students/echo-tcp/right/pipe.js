const net = require('net');

const port = Number(process.argv[2]);
if (process.argv.length !== 3 || !Number.isInteger(port) || port < 0 || port > 65535) {
  console.error('usage: node pipe.js PORT');
  process.exit(1);
}

net.createServer((socket) => {
  console.log('client', socket.remoteAddress, socket.remotePort);
  socket.on('error', (err) => console.log(err.code));
  socket.pipe(socket);
}).listen(port);
