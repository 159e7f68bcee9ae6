// Guess the number; the client shows the server's words in its own.
const net = require("net");
const readline = require("readline");

if (process.argv.length !== 4) {
  console.error(`Usage: node ${process.argv[1]} <hote> <port>`);
  process.exit(1);
}
const port = Number(process.argv[3]);
if (!Number.isInteger(port) || port < 1 || port > 65535) {
  console.error("mauvais port");
  process.exit(1);
}
const socket = net.connect(port, process.argv[2]);
const clavier = readline.createInterface({ input: process.stdin });
let over = false;
let rest = "";
socket.setEncoding("utf8");
socket.on("data", (text) => {
  rest += text;
  const lines = rest.split("\n");
  rest = lines.pop();
  for (const line of lines) {
    if (line.startsWith("MYSTERE")) {
      const [, n, k] = line.split(" ");
      console.log(`Un nombre entre 1 et ${n}, vous avez ${k} essais`);
    } else if (line === "PLUS GRAND") console.log("C'est plus grand !");
    else if (line === "PLUS PETIT") console.log("C'est plus petit !");
    else if (line === "GAGNE") {
      console.log("Bravo, vous avez gagné");
      over = true;
    } else console.log(line);
    if (line.startsWith("PERDU")) over = true;
  }
});
socket.on("end", () => {
  if (!over) {
    console.error("le serveur est parti");
    process.exit(1);
  }
  process.exit(0);
});
socket.on("error", (error) => {
  console.error(error.message);
  process.exit(1);
});
clavier.on("line", (line) => {
  if (line.toLowerCase() === "quit") process.exit(0);
  socket.write(line + "\n");
});
clavier.on("close", () => {
  if (!over) process.exit(0);
});
