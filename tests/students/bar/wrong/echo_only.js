const net = require('net');

const port = Number(process.argv[2]);
if (process.argv.length !== 3) {
  console.error('usage : node echo_only.js PORT');
  process.exit(1);
}
let derniere = '';
net.createServer((client) => {
  client.on('error', () => {});
  client.on('data', (donnees) => {
    client.write(`vous m'avez demandé : ${derniere} bien reçu 5 / 5`);
    derniere = donnees.toString();
    if (derniere === 'fin') client.end();
  });
}).listen(port);
