const net = require('net');

const server = net.createServer({ allowHalfOpen: true }, (sock) => {
  sock.on('data', (d) => {
    if (!sock.write(d)) {
      sock.pause();
      sock.once('drain', () => sock.resume());
    }
  });
  sock.on('error', () => {});
});
server.listen(Number(process.argv[2]), '127.0.0.1');
