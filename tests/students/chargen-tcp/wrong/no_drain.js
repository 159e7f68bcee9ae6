const net = require('net');

net.createServer((socket) => {
  socket.on('error', () => {});
  for (let n = 0; n < 1e9 && !socket.destroyed; n++) {
    socket.write('abcdefghijklmnopqrstuvwxyz\r\n');
    if (socket.writableLength > 1e8) break;      // or the memory is full
  }
}).listen(Number(process.argv[2]));
