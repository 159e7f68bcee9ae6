//! `menu`, and the mistakes in reading choices. It starts nothing: its mistakes are in the list itself.

use std::io::{self, BufRead, Write};

use crate::standalone::slips;

slips! {
    "menu";
    NoNumbers, "no-numbers", "line-not-shown",
        "lists its applications behind dashes, without numbers to choose by.";
    DiesOnLetters, "dies-on-letters", "choice-not-checked",
        "dies when what is typed is no number.";
    DiesOnLargeNumber, "dies-on-large-number", "choice-not-checked",
        "takes a number that is not in its list for a place in its table, and dies.";
    EndsOnWrongChoice, "ends-on-wrong-choice", "choice-not-checked",
        "ends after the message about a wrong choice.";
    DiesOnEmptyLine, "dies-on-empty-line", "choice-not-checked",
        "dies when nothing is typed but Enter.";
    ForgetsList, "forgets-list", "choice-not-checked",
        "waits for another choice after a wrong one without showing its list.";
    DoesNotQuit, "does-not-quit", "leaves-wrongly",
        "shows its list again when its user wants to quit.";
    QuitsWithOne, "quits-with-one", "leaves-wrongly",
        "ends with exit code 1 when its user wants to quit.";
    SpinsAtEnd, "spins-at-end", "leaves-wrongly",
        "takes the end of the input for an empty line, again and again.";
    DiesAtEnd, "dies-at-end", "leaves-wrongly",
        "dies at the end of the input.";
}

/// Runs the menu with this flaw on stdin and stdout; gives its exit code, nothing where there is no such flaw.
pub(crate) fn menu(flaw: &str) -> Option<u8> {
    named(flaw).map(run)
}

const CHOICES: [(u32, &str); 4] = [
    (1, "Une application 1 client / 1 serveur en local"),
    (2, "Une application 1 client / 1 serveur a distance"),
    (3, "La meme avec service de donnees"),
    (9, "Quitter"),
];

fn run(slip: Slip) -> u8 {
    let mut input = io::stdin().lock();
    let mut shows = true;
    loop {
        if shows {
            for (number, title) in CHOICES {
                match slip {
                    Slip::NoNumbers => say(&format!("- {title}")),
                    _ => say(&format!("{number}. {title}")),
                }
            }
            say("Votre choix :");
        }
        shows = slip != Slip::ForgetsList;
        let mut line = String::new();
        match input.read_line(&mut line) {
            Ok(0) if slip == Slip::SpinsAtEnd => {}
            Ok(0) if slip == Slip::DiesAtEnd => return die("EOFError: EOF when reading a line"),
            Ok(0) | Err(_) => return 0,
            Ok(_) => {}
        }
        let typed = line.trim();
        if typed.is_empty() && slip == Slip::DiesOnEmptyLine {
            return die("IndexError: string index out of range");
        }
        match (typed.parse::<u128>(), slip) {
            (Err(_), Slip::DiesOnLetters) if !typed.is_empty() => {
                return die("ValueError: invalid literal for int()");
            }
            (Ok(9), Slip::DoesNotQuit) => {}
            (Ok(9), Slip::QuitsWithOne) => return 1,
            (Ok(9), _) => return 0,
            (Ok(1..=3), _) => say("Pas ici."),
            (Ok(_), Slip::DiesOnLargeNumber) => return die("IndexError: list index out of range"),
            (_, Slip::EndsOnWrongChoice) => {
                say("Choix invalide.");
                return 0;
            }
            _ => say("Choix invalide."),
        }
    }
}

fn say(line: &str) {
    let mut screen = io::stdout().lock();
    let _ = writeln!(screen, "{line}").and_then(|()| screen.flush());
}

fn die(message: &str) -> u8 {
    let _ = writeln!(io::stderr(), "{message}");
    1
}
