const net = require('net');

if (process.argv.length !== 3) {
  console.error('usage: node resume.js <port>');
  process.exit(1);
}
net.createServer((socket) => {
  socket.on('error', () => {});
  socket.resume();
}).listen(Number(process.argv[2]));
