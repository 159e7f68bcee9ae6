'use strict';
const net = require('net');

if (process.argv.length < 3) {
  console.error(`Usage : ${process.argv[1]} <port>`);
  process.exit(1);
}
const port = Number(process.argv[2]);
if (!Number.isInteger(port) || port < 0 || port > 65535) {
  console.error('port invalide');
  process.exit(1);
}

const serveur = net.createServer({ allowHalfOpen: true }, (s) => {
  s.setEncoding('utf8');
  s.write('Bienvenue sur le serveur de majuscules\n');
  s.on('data', (texte) => {
    if (!s.write(texte.toUpperCase())) s.pause();
  });
  s.on('drain', () => s.resume());
  s.on('end', () => s.end());
  s.on('error', (e) => console.error(e.message));
});
serveur.listen(port, () => console.log('prêt'));
