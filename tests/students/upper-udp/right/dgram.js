const dgram = require('dgram');

const [, , arg] = process.argv;
if (!/^\d+$/.test(arg || '') || +arg > 65535) {
  console.error('Usage : node dgram.js <port>');
  process.exit(1);
}
const sock = dgram.createSocket('udp4');
sock.on('message', (msg, client) => {
  console.log(`${client.address}:${client.port} ${msg.length}`);
  sock.send(msg.toString('utf8').toUpperCase(), client.port, client.address, (err) => {
    if (err) console.log('réponse trop longue ?', err.code);
  });
});
sock.bind(+arg);
