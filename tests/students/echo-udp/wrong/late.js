const dgram = require('dgram');
const s = dgram.createSocket('udp4');
let message = Buffer.from('');

function repondre(client) {
  s.send(message, client.port, client.address, () => {});
}

s.on('message', (m, client) => {
  repondre(client);
  message = m;
});
s.bind(Number(process.argv[2]));
