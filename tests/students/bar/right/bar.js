const net = require('net');

const port = Number(process.argv[2]);
if (process.argv.length !== 3 || !Number.isInteger(port)) {
  console.error('usage : node bar.js PORT');
  process.exit(1);
}
const serveur = net.createServer((client) => {
  client.write('Bienvenue au bar, je vous sers quoi ?\n');
  client.on('error', () => {});
  client.on('data', (donnees) => {
    client.write(Buffer.concat([Buffer.from("vous m'avez demandé : "), donnees, Buffer.from(' bien reçu 5 / 5\r\n')]));
    if (donnees.toString() === 'fin') {
      client.end();
    }
  });
});
serveur.on('error', (e) => {
  console.error(e.message);
  process.exit(1);
});
try {
  serveur.listen(port);
} catch (e) {
  console.error(e.message);
  process.exit(1);
}
