const net = require("net");
if (process.argv.length !== 4) { console.error("usage"); process.exit(1); }
let s;
try { s = net.connect(+process.argv[3], process.argv[2]); } catch (e) { console.error(e.message); process.exit(1); }
process.stdin.pipe(s);
s.pipe(process.stdout);
s.on("error", (e) => { console.error(e.message); process.exit(1); });
s.on("end", () => process.exit(0));
