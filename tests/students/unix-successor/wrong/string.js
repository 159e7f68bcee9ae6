const net = require('net');
const fs = require('fs');

const chemin = process.argv[2];
if (!chemin) {
  console.error('usage : node string.js CHEMIN');
  process.exit(1);
}
if (fs.existsSync(chemin)) fs.unlinkSync(chemin);

const serveur = net.createServer((client) => {
  client.on('error', () => {});
  client.once('data', (donnees) => {
    const texte = donnees.toString();
    client.end(String.fromCharCode(texte.charCodeAt(0) + 1));
  });
});
serveur.on('error', (e) => { console.error(e.message); process.exit(1); });
serveur.listen(chemin);
