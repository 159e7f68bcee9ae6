const net = require('net');

net.createServer((socket) => {
  socket.on('data', (data) => {
    socket.write(data.toString().toUpperCase());
  });
  socket.on('error', (err) => {
    console.log('Erreur :', err.message);
  });
}).listen(parseInt(process.argv[2]));
