const dgram = require('dgram');
const s = dgram.createSocket('udp4');
const deux = (n) => String(n).padStart(2, '0');

s.on('message', (m, c) => {
  const d = new Date();
  const jour = `${deux(d.getDay())}/${deux(d.getMonth())}/${d.getFullYear()}`;
  const heure = `${deux(d.getHours())}:${deux(d.getMinutes())}:${deux(d.getSeconds())}`;
  s.send(`${jour} ${heure}\n`, c.port, c.address);
});
s.bind(Number(process.argv[2]));
