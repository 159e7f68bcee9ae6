const dgram = require('node:dgram');

const port = Number.parseInt(process.argv[2], 10);
if (Number.isNaN(port) || port < 0 || port > 65535) {
  console.error('Usage: locale.js <port>');
  process.exit(1);
}
const s = dgram.createSocket('udp4', (msg, { port: p, address }) => {
  s.send(new Date().toLocaleString('fr-FR') + '\n', p, address);
});
s.bind(port);
