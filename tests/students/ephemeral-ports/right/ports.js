const dgram = require('dgram');
const net = require('net');

const udp = dgram.createSocket('udp4');
udp.bind(0, () => console.log('Socket UDP attaché au port :', udp.address().port));
const tcp = net.createServer();
tcp.listen(0, () => console.log('Socket TCP attachée au port :', tcp.address().port));
