const net = require('net');

const port = Number(process.argv[2] ?? NaN);
if (Number.isNaN(port) || port > 65535) {
  console.error('usage: node end.js <port>');
  process.exit(1);
}
net.createServer((socket) => {
  socket.on('error', () => {});
  socket.end(new Date().toISOString() + '\n');
}).listen(port);
