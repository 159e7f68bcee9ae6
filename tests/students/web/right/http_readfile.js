// Serveur web avec le module http.
'use strict';
const fs = require('fs');
const http = require('http');
const path = require('path');

const types = { '.html': 'text/html; charset=utf-8', '.txt': 'text/plain; charset=utf-8', '.js': 'text/javascript' };
const port = Number(process.argv[2]);
if (process.argv.length !== 4 || !Number.isInteger(port) || port < 0 || port > 65535) {
  console.error('usage : node http_readfile.js port racine');
  process.exit(1);
}
const root = path.resolve(process.argv[3]);

const server = http.createServer((req, res) => {
  if (req.method !== 'GET' && req.method !== 'HEAD') {
    res.writeHead(405, { Allow: 'GET, HEAD' });
    return res.end();
  }
  let name;
  try {
    name = decodeURIComponent(req.url.split('?')[0]);
  } catch (e) {
    res.writeHead(400);
    return res.end('mauvaise adresse\n');
  }
  if (name.endsWith('/')) name += 'index.html';
  const file = path.join(root, path.normalize('/' + name));
  fs.readFile(file, (err, data) => {
    if (err) {
      res.writeHead(404, { 'Content-Type': 'text/plain' });
      return res.end('pas trouvé\n');
    }
    res.writeHead(200, {
      'Content-Type': types[path.extname(file)] || 'application/octet-stream',
      'Content-Length': data.length,
    });
    res.end(req.method === 'HEAD' ? undefined : data);
  });
});
server.on('error', (e) => { console.error(e.message); process.exit(1); });
server.listen(port);
