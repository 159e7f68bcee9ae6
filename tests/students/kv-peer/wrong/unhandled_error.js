// Serveur clé-valeur ; un pair absent est une erreur que personne n'attend.
'use strict';
const fs = require('fs');
const net = require('net');

const [portText, peer, file] = process.argv.slice(2);
const port = Number(portText);
if (file === undefined || !(port >= 0 && port < 65536)) {
  console.error('usage : node unhandled_error.js port pair donnees');
  process.exit(1);
}
const table = new Map();
for (const line of fs.readFileSync(file, 'utf8').split('\n')) {
  const at = line.indexOf('\t');
  if (at >= 0) table.set(line.slice(0, at), line.slice(at + 1));
}

function ask(key, seen) {
  return new Promise((resolve) => {
    const [host, peerPort] = peer.split(':');
    const socket = net.connect(Number(peerPort), host);
    let text = '';
    const done = (answer) => { socket.destroy(); resolve(answer); };
    socket.setEncoding('utf8');
    socket.setTimeout(2000, () => done('ERR pair muet'));
    socket.on('connect', () => socket.write(JSON.stringify({ cle: key, vus: seen }) + '\n'));
    socket.on('data', (chunk) => {
      text += chunk;
      if (text.includes('\n')) done(text.slice(0, text.indexOf('\n')));
    });
    socket.on('end', () => done('ERR pair muet'));
  });
}

async function answer(line) {
  let key = line;
  let seen = [];
  if (line.startsWith('{')) {
    try {
      const request = JSON.parse(line);
      key = String(request.cle);
      seen = request.vus;
    } catch (e) { /* une clé comme une autre */ }
  }
  if (seen.includes(port)) return 'ERR cycle';
  if (table.has(key)) return 'OK ' + table.get(key);
  if (!peer || seen.length >= 3) return 'ERR inconnue';
  return ask(key, [...seen, port]);
}

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  let pending = Buffer.alloc(0);
  let turn = Promise.resolve();
  let over = false;
  const say = (text) => { if (!socket.destroyed) socket.write(text + '\n'); };
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    let end;
    while ((end = pending.indexOf(10)) >= 0) {
      const line = pending.subarray(0, end).toString('utf8').trim();
      pending = pending.subarray(end + 1);
      turn = turn.then(async () => {
        if (over) return;
        if (line === 'FIN') { over = true; socket.end('BYE\n'); return; }
        say(await answer(line));
      });
    }
    if (pending.length > 65536) { over = true; pending = Buffer.alloc(0); socket.end('ERR line too long\n'); }
  });
  socket.on('end', () => turn.then(() => socket.end()));
});
server.on('error', (e) => { console.error(e.message); process.exit(1); });
server.listen(port);
