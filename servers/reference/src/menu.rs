//! `menu`: one list from which everything else is started.
//!
//! Task: print a numbered list of applications and read a choice. Each exercise is tried with a server of this
//! machine, started here on a free port, or with one at an address; then the list is there again.
//! Terminal: a wrong choice gets a message and the list again; the last choice and the end of the input end the
//! menu.
//! Source: course sheet 000, what is handed in.

use std::error::Error;
use std::io::Write;

use sockspec_kit::{Address, ServeOptions};

use crate::client::{ConnectError, Terminal, connect_with};
use crate::server::Server;

/// An exercise in the menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuItem {
    /// The exercise's id.
    pub id: String,
    /// Its title, in the menu's language.
    pub title: String,
}

/// The language of a menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MenuLanguage {
    /// French.
    French,
    /// English.
    English,
}

/// What a menu says.
struct Words {
    welcome: &'static str,
    choice: &'static str,
    quit: &'static str,
    wrong: &'static str,
    here: &'static str,
    there: &'static str,
    back: &'static str,
    address: &'static str,
    listens: &'static str,
    typing: &'static str,
    stop: &'static str,
    failed: &'static str,
}

const FRENCH: Words = Words {
    welcome: "Quelle application voulez-vous essayer ?",
    choice: "Votre choix :",
    quit: "Quitter",
    wrong: "Ce choix n'existe pas.",
    here: "Avec un serveur lancé ici",
    there: "Avec un serveur déjà lancé, à une adresse",
    back: "Retour à la liste",
    address: "Adresse du serveur (HÔTE:PORT, ou le chemin d'une socket Unix) :",
    listens: "Le serveur écoute à l'adresse",
    typing: "Tapez vos lignes ; `quit` revient à la liste.",
    stop: "Entrée arrête le serveur et revient à la liste.",
    failed: "Cela n'a pas marché :",
};

const ENGLISH: Words = Words {
    welcome: "Which application would you like to try?",
    choice: "Your choice:",
    quit: "Quit",
    wrong: "There is no such choice.",
    here: "With a server that is started here",
    there: "With a server that runs already, at an address",
    back: "Back to the list",
    address: "Address of the server (HOST:PORT, or the path of a Unix socket):",
    listens: "The server listens at",
    typing: "Type your lines; `quit` leads back to the list.",
    stop: "Enter stops the server and leads back to the list.",
    failed: "That did not work:",
};

/// Runs the menu on stdin and stdout, until its user has finished.
///
/// # Errors
/// [`ConnectError::Terminal`]. What goes wrong in an application is told, and the list comes again.
///
/// # Panics
/// Outside a tokio runtime with I/O and time enabled.
pub async fn menu(items: &[MenuItem], language: MenuLanguage) -> Result<(), ConnectError> {
    let words = match language {
        MenuLanguage::French => &FRENCH,
        MenuLanguage::English => &ENGLISH,
    };
    Menu {
        items,
        words,
        terminal: Terminal::of_the_process(),
    }
    .run()
    .await
}

struct Menu<'a, W> {
    items: &'a [MenuItem],
    words: &'static Words,
    terminal: Terminal<W>,
}

impl<W: Write> Menu<'_, W> {
    async fn run(mut self) -> Result<(), ConnectError> {
        let titles = self.items.iter().map(|item| item.title.as_str());
        let choices: Vec<&str> = titles.chain([self.words.quit]).collect();
        loop {
            let chosen = match self.choose(self.words.welcome, &choices).await? {
                Some(Some(chosen)) => chosen,
                Some(None) => continue,
                None => return Ok(()),
            };
            let Some(item) = self.items.get(chosen) else {
                return Ok(());
            };
            self.application(item).await?;
        }
    }

    /// Shows a list and reads what is chosen: its place, nothing for a wrong choice; `None` at the end of the input.
    async fn choose(
        &mut self,
        question: &str,
        choices: &[&str],
    ) -> Result<Option<Option<usize>>, ConnectError> {
        self.say("")?;
        self.say(question)?;
        for (at, choice) in choices.iter().enumerate() {
            self.say(&format!("{:3}. {choice}", at + 1))?;
        }
        self.say(self.words.choice)?;
        let Some(typed) = self.terminal.read_line().await? else {
            return Ok(None);
        };
        let number = String::from_utf8_lossy(&typed).trim().parse().ok();
        let place = number.and_then(|number: usize| number.checked_sub(1));
        let place = place.filter(|place| *place < choices.len());
        if place.is_none() {
            self.say(self.words.wrong)?;
        }
        Ok(Some(place))
    }

    /// Tries one exercise; what goes wrong is told.
    async fn application(&mut self, item: &MenuItem) -> Result<(), ConnectError> {
        let words = self.words;
        let choices = [words.here, words.there, words.back];
        let done = match self.choose(&item.title, &choices).await? {
            Some(Some(0)) => self.serve(&item.id).await,
            Some(Some(1)) => self.connect(&item.id).await,
            _ => Ok(()),
        };
        match done {
            Err(ConnectError::Terminal(error)) => Err(ConnectError::Terminal(error)),
            Err(error) => self.tell(&error),
            Ok(()) => Ok(()),
        }
    }

    /// Starts a server, and its client beside it, where it has one.
    async fn serve(&mut self, exercise: &str) -> Result<(), ConnectError> {
        let path = std::env::temp_dir().join(format!("sockspec-menu-{}", std::process::id()));
        let options = ServeOptions {
            path: Some(path),
            ..ServeOptions::default()
        };
        let server = match Server::bind(exercise, &options) {
            Ok(server) => server,
            Err(error) => return self.tell(&error),
        };
        let address = match server.address() {
            Address::Internet(address) => address.to_string(),
            Address::Path(path) => path.display().to_string(),
        };
        self.say(&format!("{} {address}", self.words.listens))?;
        self.say(self.words.typing)?;
        let running = server.run();
        tokio::pin!(running);
        let talked = tokio::select! {
            () = &mut running => Ok(()),
            talked = connect_with(exercise, &address, &mut self.terminal) => talked,
        };
        if !matches!(talked, Err(ConnectError::NoClient { .. })) {
            return talked;
        }
        self.say(self.words.stop)?;
        tokio::select! {
            () = &mut running => Ok(()),
            typed = self.terminal.read_line() => typed.map(|_| ()),
        }
    }

    /// Runs the client against an address that is typed.
    async fn connect(&mut self, exercise: &str) -> Result<(), ConnectError> {
        self.say(self.words.address)?;
        let Some(typed) = self.terminal.read_line().await? else {
            return Ok(());
        };
        let address = String::from_utf8_lossy(&typed).trim().to_owned();
        self.say(self.words.typing)?;
        connect_with(exercise, &address, &mut self.terminal).await
    }

    fn tell(&mut self, error: &dyn Error) -> Result<(), ConnectError> {
        let source = error.source().map(|source| format!(": {source}"));
        let message = format!(
            "{} {error}{}",
            self.words.failed,
            source.unwrap_or_default()
        );
        self.say(&message)
    }

    fn say(&mut self, line: &str) -> Result<(), ConnectError> {
        self.terminal.print(line.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the menu shows to a user who types these lines.
    async fn shown(language: &'static Words, typed: &[&str]) -> String {
        let items = ["kv", "discard-tcp"].map(|id| MenuItem {
            id: id.to_owned(),
            title: format!("<{id}>"),
        });
        let mut screen = Vec::new();
        let menu = Menu {
            items: &items,
            words: language,
            terminal: Terminal::scripted(typed, &mut screen),
        };
        menu.run().await.unwrap();
        String::from_utf8(screen).unwrap()
    }

    #[tokio::test]
    async fn a_wrong_choice_gets_a_message_and_the_list_again() {
        for wrong in ["0", "4", "abc", "", "-1", "99999999999999999999"] {
            let screen = shown(&FRENCH, &[wrong, "3"]).await;
            assert_eq!(
                screen.matches("Ce choix n'existe pas.").count(),
                1,
                "{wrong}"
            );
            assert_eq!(screen.matches("3. Quitter").count(), 2, "{wrong}");
        }
    }

    #[tokio::test]
    async fn a_server_is_started_here_and_talked_to() {
        let screen = shown(&ENGLISH, &["1", "1", "fa"]).await;
        assert!(screen.contains("OK sill"), "{screen}");
    }

    #[tokio::test]
    async fn a_server_without_client_is_stopped_by_a_line() {
        let screen = shown(&ENGLISH, &["2", "1", "", "3"]).await;
        assert!(screen.contains("Enter stops the server"), "{screen}");
        assert_eq!(screen.matches("3. Quit").count(), 2, "{screen}");
    }

    #[tokio::test]
    async fn what_does_not_work_is_told_and_the_list_comes_again() {
        let screen = shown(&ENGLISH, &["1", "2", "nowhere", "3"]).await;
        assert!(screen.contains("That did not work:"), "{screen}");
        assert_eq!(screen.matches("3. Quit").count(), 2, "{screen}");
    }
}
