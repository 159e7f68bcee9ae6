const net = require('net');

const server = net.createServer();
server.on('connection', (socket) => {
  const decodeur = new TextDecoder('utf-8', { ignoreBOM: true });
  socket.on('data', (data) => {
    socket.write(decodeur.decode(data, { stream: true }).toUpperCase());
  });
});
server.listen(Number(process.argv[2]));
