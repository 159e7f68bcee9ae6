// HTTP by hand over net: what one event brings is a request.
'use strict';
const fs = require('fs/promises');
const net = require('net');
const path = require('path');

const [port, dir] = [Number(process.argv[2]), process.argv[3]];
if (!dir || !(port >= 0 && port < 65536)) {
  console.error('usage: node data_is_request.js port folder');
  process.exit(1);
}

const kinds = { html: 'text/html', txt: 'text/plain', css: 'text/css' };

async function find(root, target) {
  const name = decodeURIComponent(target.split('?')[0]);
  if (name.includes('\0')) return 400;
  const wanted = path.join(root, name === '/' ? 'index.html' : name);
  let real;
  try {
    real = await fs.realpath(wanted);
  } catch (e) {
    return 404;
  }
  if (!real.startsWith(root + path.sep)) return 403;
  if (!(await fs.stat(real)).isFile()) return 404;
  return { body: await fs.readFile(real), kind: kinds[path.extname(real).slice(1)] || 'application/octet-stream' };
}

const reasons = { 200: 'OK', 400: 'Bad Request', 403: 'Forbidden', 404: 'Not Found', 405: 'Method Not Allowed', 431: 'Too Large' };

function send(socket, status, { body = Buffer.from(reasons[status] + '\n'), kind = 'text/plain' } = {}, head = false, close = false) {
  let text = `HTTP/1.1 ${status} ${reasons[status]}\r\nDate: ${new Date().toUTCString()}\r\nContent-Length: ${body.length}\r\nContent-Type: ${kind}\r\n`;
  if (status === 405) text += 'Allow: GET, HEAD\r\n';
  if (close) text += 'Connection: close\r\n';
  socket.write(text + '\r\n');
  if (!head) socket.write(body);
  if (close) socket.end();
}

async function answer(socket, root, head) {
  const lines = head.split('\r\n');
  const words = lines[0].split(' ');
  if (words.length !== 3 || !/^HTTP\/1\.[01]$/.test(words[2])) {
    send(socket, 400, {}, false, true);
    return false;
  }
  const [method, target, version] = words;
  const close = version === 'HTTP/1.0' || lines.some((l) => /^connection:\s*close/i.test(l));
  if (method !== 'GET' && method !== 'HEAD') {
    send(socket, 405, {}, false, true);
    return false;
  }
  let found;
  try {
    found = await find(root, target);
  } catch (e) {
    found = 400;
  }
  if (typeof found === 'number') send(socket, found, {}, method === 'HEAD', close);
  else send(socket, 200, found, method === 'HEAD', close);
  return !close;
}

(async () => {
  const root = await fs.realpath(dir);
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    let chain = Promise.resolve(true);
    socket.setEncoding('latin1');
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      chain = chain.then((goesOn) => goesOn && answer(socket, root, chunk));
    });
    socket.on('end', () => chain.then(() => socket.end()));
  });
  server.on('error', (e) => { console.error(e.message); process.exit(1); });
  server.listen(port);
})();
