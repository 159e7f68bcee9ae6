const readline = require('readline');
const clavier = readline.createInterface({ input: process.stdin });
const menu = () => console.log('1. Local\n2. A distance\n9. Quitter');
clavier.on('line', (ligne) => {
  if (ligne.trim() === '9') process.exit(9);
  console.log('Choix :', ligne);
  menu();
});
menu();
