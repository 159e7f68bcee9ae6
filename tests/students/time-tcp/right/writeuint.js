const net = require('net');

if (process.argv.length !== 3) {
  console.error('usage: node writeuint.js <port>');
  process.exit(1);
}
net.createServer((socket) => {
  const reponse = Buffer.alloc(4);
  reponse.writeUInt32BE(Math.floor(Date.now() / 1000) + 2208988800);
  socket.on('error', (e) => console.error(e.message));
  socket.end(reponse);
}).listen(Number(process.argv[2]));
