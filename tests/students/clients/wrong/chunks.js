const net = require("net");
const readline = require("readline");
if (process.argv.length !== 4) { console.error("usage"); process.exit(1); }
const sock = net.connect(+process.argv[3], process.argv[2]);
const rl = readline.createInterface({ input: process.stdin });
rl.on("line", (l) => (l.toLowerCase() === "quit" ? process.exit(0) : sock.write(l + "\n")));
rl.on("close", () => process.exit(0));
sock.on("data", (d) => console.log("reçu : " + d));      // un morceau, une réponse
sock.on("end", () => { console.error("fin"); process.exit(1); });
sock.on("error", (e) => { console.error(e.message); process.exit(1); });
