const dgram = require('dgram');

const port = parseInt(process.argv[2], 10);
if (!(port >= 0 && port < 65536)) {
  console.error('usage: node dgram6.js <port>');
  process.exit(1);
}
const server = dgram.createSocket('udp6');
server.on('message', (msg, rinfo) => {
  server.send(msg, rinfo.port, rinfo.address, (err) => {
    if (err) console.error(err.message);
  });
});
server.bind(port);
