const net = require('net');

const N = 50;
const K = 6;
const port = process.argv[2];
if (!port || !/^[0-9]+$/.test(port) || Number(port) > 65535) {
  console.error('Usage: game.js PORT');
  process.exit(1);
}

net.createServer({ allowHalfOpen: true }, (sock) => {
  const secret = 1 + Math.floor(Math.random() * N);
  let tries = 0;
  let over = false;
  let buffer = '';
  const say = (t) => sock.write(t + '\r\n');
  sock.setEncoding('utf8');
  say(`Guess my number between 1 and ${N}, tries: ${K}`);

  const guess = (line) => {
    if (!/^\s*-?\d+\s*$/.test(line)) return say('Please send an integer');
    const g = parseInt(line, 10);
    tries += 1;
    if (g === secret) {
      say(`You win in ${tries} tries!`);
      over = true;
    } else if (tries === K) {
      say(`You lose, it was ${secret}`);
      over = true;
    } else {
      say(g < secret ? 'Too low' : 'Too high');
    }
    return over;
  };

  sock.on('data', (text) => {
    buffer += text;
    let i;
    while (!over && (i = buffer.indexOf('\n')) >= 0) {
      guess(buffer.slice(0, i));
      buffer = buffer.slice(i + 1);
    }
    if (over || buffer.length > 65536) {
      sock.end();
      sock.pause();
      sock.destroySoon();
    }
  });
  sock.on('end', () => sock.end());
  sock.on('error', () => {});
}).listen(Number(port));
