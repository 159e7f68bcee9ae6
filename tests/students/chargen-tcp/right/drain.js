const net = require('net');

if (process.argv.length !== 3) {
  console.error('usage: node drain.js <port>');
  process.exit(1);
}
const bloc = Array.from({ length: 95 }, (_, d) =>
  Array.from({ length: 72 }, (_, i) => String.fromCharCode(32 + (d + i) % 95)).join('') + '\r\n').join('');
net.createServer((socket) => {
  const envoie = () => { while (!socket.destroyed && socket.write(bloc)); };
  socket.on('error', () => {});
  socket.on('drain', envoie);
  socket.resume();
  envoie();
}).listen(Number(process.argv[2]));
