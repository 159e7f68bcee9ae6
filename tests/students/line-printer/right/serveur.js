// Plusieurs clients a la fois ; une ligne n'est affichee qu'entiere.
const net = require('net');
const port = Number(process.argv[2]);
if (!Number.isInteger(port) || port < 0 || port > 65535) {
  console.error('usage: node serveur.js port');
  process.exit(1);
}
let numero = 0;
net.createServer((client) => {
  const moi = ++numero;
  let reste = Buffer.alloc(0);
  client.on('data', (morceau) => {
    reste = Buffer.concat([reste, morceau]);
    let fin;
    while ((fin = reste.indexOf(10)) >= 0) {
      console.log(`client ${moi}> ${reste.subarray(0, fin).toString()}`);
      reste = reste.subarray(fin + 1);
    }
    if (reste.length > 65536) client.destroy();
  });
  client.on('end', () => client.end());
  client.on('error', () => {});
}).on('error', (e) => { console.error(e.message); process.exit(1); }).listen(port, '0.0.0.0');
