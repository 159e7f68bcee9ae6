const net = require('net');
const readline = require('readline');

net.createServer((socket) => {
  const rl = readline.createInterface({ input: socket });
  rl.on('line', (line) => {
    if (line.startsWith('UPPER ')) socket.write(line.slice(6).toUpperCase() + '\n');
    else if (line.startsWith('LOWER ')) socket.write(line.slice(6).toLowerCase() + '\n');
    else if (line === 'DATENOW') socket.write(new Date().toISOString() + '\n');
    else socket.write('Commande inconnue\n');
  });
}).listen(Number(process.argv[2]));
