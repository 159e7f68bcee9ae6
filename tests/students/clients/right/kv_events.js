const net = require("net");
const readline = require("readline");

const [hote, port] = process.argv.slice(2);
if (!port || !(Number(port) > 0 && Number(port) < 65536)) {
  console.error("usage: node client.js hote port");
  process.exit(1);
}
let fini = false;
const sock = net.connect(Number(port), hote);
sock.setEncoding("utf8");
const clavier = readline.createInterface({ input: process.stdin });
clavier.on("line", (ligne) => {
  if (ligne.toLowerCase() === "quit") return clavier.close();
  if (ligne === "FIN") fini = true;
  sock.write(ligne + "\n");
});
clavier.on("close", () => { fini = true; sock.end(); });
sock.on("data", (texte) => process.stdout.write(texte));
sock.on("error", (erreur) => { console.error("erreur :", erreur.message); process.exit(1); });
sock.on("end", () => {
  if (fini) process.exit(0);
  console.error("le serveur est parti");
  process.exitCode = 1;
  clavier.removeAllListeners("close");
  clavier.close();
  process.stdin.destroy();
});
