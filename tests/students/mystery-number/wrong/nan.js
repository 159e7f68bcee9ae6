const net = require('net');

net.createServer((s) => {
  const secret = Math.floor(Math.random() * 100) + 1;
  let essais = 10;
  s.write('MYSTERE 100 10\n');
  s.on('data', (d) => {
    const x = parseInt(d.toString());
    if (isNaN(x)) return;
    essais--;
    if (x === secret) return s.end('GAGNE\n');
    if (essais === 0) return s.end('PERDU ' + secret + '\n');
    s.write(x < secret ? 'PLUS GRAND\n' : 'PLUS PETIT\n');
  });
  s.on('error', () => {});
}).listen(Number(process.argv[2]));
