const net = require('net');

const port = Number(process.argv[2]);
if (!(process.argv.length > 2 && port >= 0 && port <= 65535)) {
  console.error('Usage: node prompt.js <port>');
  process.exit(1);
}

function answer(line) {
  const space = line.indexOf(' ');
  const cmd = space < 0 ? line : line.slice(0, space);
  const arg = space < 0 ? '' : line.slice(space + 1);
  switch (cmd) {
    case 'UPPER': return arg.toUpperCase();
    case 'LOWER': return arg.toLowerCase();
    case 'DATENOW': return String(Date.now());
    default: return `Unknown command`;
  }
}

const server = net.createServer({ allowHalfOpen: true }, (sock) => {
  let rest = Buffer.alloc(0);
  sock.write('Hello!\n> ');
  sock.on('data', (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    let out = '';
    let start = 0;
    let nl;
    while ((nl = rest.indexOf(10, start)) >= 0) {
      let line = rest.toString('utf8', start, nl);
      if (line.endsWith('\r')) line = line.slice(0, -1);
      out += answer(line) + '\n> ';
      start = nl + 1;
    }
    rest = rest.subarray(start);
    if (out && !sock.write(out)) {
      sock.pause();
      sock.once('drain', () => sock.resume());
    }
    if (rest.length > 65536) {
      sock.end('Line too long\n');
      sock.removeAllListeners('data');
      sock.destroySoon();
    }
  });
  sock.on('end', () => sock.end());
  sock.on('error', () => sock.destroy());
});
server.listen(port, '127.0.0.1');
