const net = require('net');

net.createServer({ allowHalfOpen: true }, function (client) {
  client.on('data', function (donnees) {
    client.write(donnees);
  });
  client.on('end', function () {
    console.log('fin du client');
    client.destroy();
  });
  client.on('error', function (e) {
    console.log('erreur', e.code);
  });
}).listen(+process.argv[2]);
