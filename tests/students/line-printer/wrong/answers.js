// Affiche, mais renvoie aussi la ligne au client.
const net = require('net');
net.createServer((client) => {
  let reste = '';
  client.setEncoding('utf8');
  client.on('data', (morceau) => {
    const lignes = (reste + morceau).split('\n');
    reste = lignes.pop();
    for (const ligne of lignes) {
      console.log(ligne);
      client.write('bien recu : ' + ligne + '\n');
    }
  });
  client.on('error', () => {});
}).listen(Number(process.argv[2]), '0.0.0.0');
