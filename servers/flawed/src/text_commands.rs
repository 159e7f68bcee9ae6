//! `text-commands`, and the mistakes in its answers.

use std::net::TcpStream;

use unicode_normalization::UnicodeNormalization;

use crate::clock::Clock;
use crate::connection::Stop;
use crate::life::Life;
use crate::line_server::{self, Answer, Dialogue};
use crate::mistake::Mistake;

/// The server.
pub(crate) fn server(
    mistake: Option<Mistake>,
) -> impl Fn(TcpStream, &Life) -> Result<(), Stop> + Send + Sync + 'static {
    let clock = Clock::new(mistake);
    line_server::server(mistake, move || Commands { mistake, clock })
}

struct Commands {
    mistake: Option<Mistake>,
    clock: Clock,
}

impl Dialogue for Commands {
    fn answer(&mut self, request: &str) -> Answer {
        let (command, argument) = match request.split_once(' ') {
            Some(parts) => parts,
            None if self.mistake == Some(Mistake::BareCommandKills)
                && matches!(request, "UPPER" | "LOWER") =>
            {
                return Answer::Death("a command has no argument");
            }
            None => (request, ""),
        };
        match command {
            "UPPER" => Answer::Line(self.result(command, self.upper(argument))),
            "LOWER" => Answer::Line(self.result(command, self.lower(argument))),
            "DATENOW" if request == command => Answer::Line(self.clock.seconds().to_string()),
            _ if self.mistake == Some(Mistake::UnknownCommandKills) => {
                Answer::Death("a command is in no table")
            }
            _ => Answer::Line("ERR unknown command".to_owned()),
        }
    }
}

impl Commands {
    fn upper(&self, text: &str) -> String {
        match self.mistake {
            Some(Mistake::AsciiOnlyMapping) => text.to_ascii_uppercase(),
            _ => text.to_uppercase(),
        }
    }

    fn lower(&self, text: &str) -> String {
        match self.mistake {
            Some(Mistake::AsciiOnlyMapping) => text.to_ascii_lowercase(),
            Some(Mistake::WrongCase) => text.to_uppercase(),
            _ => text.to_lowercase(),
        }
    }

    fn result(&self, command: &str, result: String) -> String {
        match self.mistake {
            Some(Mistake::EchoesCommand) => format!("{command} {result}"),
            Some(Mistake::StripsArgument) => result.trim().to_owned(),
            Some(Mistake::DecomposesAccents) => result.nfd().collect(),
            Some(Mistake::ComposesAccents) => result.nfc().collect(),
            _ => result,
        }
    }
}
