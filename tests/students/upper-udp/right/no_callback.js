const dgram = require('dgram');
const serveur = dgram.createSocket('udp4');

serveur.on('message', (message, expediteur) => {
  const reponse = message.toString().toUpperCase();
  serveur.send(reponse, expediteur.port, expediteur.address);
});
serveur.bind(Number(process.argv[2]));
