const s = require('dgram').createSocket('udp4');

if (process.argv.length !== 3) {
  console.error('usage: node message.js <port>');
  process.exit(1);
}
s.on('message', () => {});
s.bind(Number(process.argv[2]));
