const s = require('dgram').createSocket('udp4');

if (process.argv.length !== 3) {
  console.error('usage: node ligne.js <port>');
  process.exit(1);
}
const ligne = Array.from({ length: 72 }, (_, i) => String.fromCharCode(33 + i)).join('') + '\r\n';
s.on('message', (_, client) => s.send(ligne, client.port, client.address));
s.bind(Number(process.argv[2]));
