// Client HTTP : ce que dit le serveur va droit à l'écran.
'use strict';
const net = require('net');

const [host, port] = process.argv.slice(2);
if (!host || !/^\d+$/.test(port || '') || Number(port) > 65535) {
  console.error('usage : node web_pipe.js hote port');
  process.exit(2);
}

const socket = net.connect(Number(port), host, () => {
  socket.end(`GET / HTTP/1.0\r\nHost: ${host}\r\n\r\n`);
});
socket.on('data', (chunk) => process.stdout.write(chunk));
socket.on('error', (error) => {
  console.error(`erreur : ${error.message}`);
  process.exitCode = 1;
});
