// node successeur.js chemin : envoie A, affiche ce qui revient quand le serveur a fermé
const net = require('net');

const chemin = process.argv[2];
if (!chemin) {
  console.error('usage: node successeur.js chemin');
  process.exit(1);
}
const morceaux = [];
const socket = net.createConnection(chemin, () => socket.write('A'));
socket.on('data', (morceau) => morceaux.push(morceau));
socket.on('error', (erreur) => {
  console.error(`erreur : ${erreur.message}`);
  process.exit(1);
});
socket.on('end', () => {
  const recu = Buffer.concat(morceaux);
  if (recu.length === 0) {
    console.error('pas de réponse');
    process.exit(1);
  }
  console.log('Réponse :', recu);
});
