const readline = require('readline');
const applications = ['Echo', 'Majuscules', 'Cle-valeur'];
const clavier = readline.createInterface({ input: process.stdin, output: process.stdout });

function menu() {
  applications.forEach((nom, i) => console.log(` ${i + 1} - ${nom}`));
  console.log(' 9 - Quitter');
  clavier.setPrompt('Choix : ');
  clavier.prompt();
}

clavier.on('line', (ligne) => {
  const choix = ligne.trim();
  if (choix === '9') {
    clavier.close();
    return;
  }
  if (/^[1-3]$/.test(choix)) console.log('->', applications[choix - 1]);
  else if (choix !== '') console.log(`Choix inconnu : ${choix}`);
  menu();
});
clavier.on('close', () => process.exit(0));
menu();
