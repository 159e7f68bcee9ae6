const net = require('net');

net.createServer((socket) => {
  socket.on('data', (d) => socket.write(`recu ${d.length}\n`));
  socket.on('error', () => {});
}).listen(Number(process.argv[2]));
