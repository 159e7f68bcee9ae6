const net = require("net");
const port = Number(process.argv[2]);
if (process.argv.length !== 3 || !Number.isInteger(port) || port < 0 || port > 65535) {
  console.error("usage: node pipes.js port");
  process.exit(1);
}
const server = net.createServer({ allowHalfOpen: true }, (sock) => {
  server.close();
  process.stdin.pipe(sock);
  sock.pipe(process.stdout, { end: false });
  sock.on("end", () => process.exit(0));
  sock.on("error", () => process.exit(1));
});
server.on("error", (e) => { console.error(e.message); process.exit(1); });
server.listen(port);
