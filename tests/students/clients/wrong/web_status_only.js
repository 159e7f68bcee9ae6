// Mistake: one line is shown, the headers are not.
'use strict';
const net = require('net');
const readline = require('readline');

if (process.argv.length !== 4) {
  console.error('usage : node web_status_only.js hote port');
  process.exit(2);
}
const socket = net.connect(Number(process.argv[3]), process.argv[2]);
socket.on('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
socket.write('HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n');
readline.createInterface({ input: socket }).once('line', (line) => {
  console.log(line);
  socket.end();
  process.exit(0);
});
