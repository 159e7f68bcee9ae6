const net = require('net');

net.createServer((c) => {
  c.write(new Date().toString() + '\n');
  c.on('data', () => {});
  setTimeout(() => c.end(), 300);
}).listen(Number(process.argv[2]));
