//! Serves an exercise whose requests and answers are lines.

use std::net::TcpStream;

use crate::connection::{Connection, Stop};
use crate::framing::{Framing, Malformed, Request};
use crate::life::Life;
use crate::mistake::Mistake;

/// What an exercise answers to one client.
pub(crate) trait Dialogue {
    /// The line that the server says first, if it does.
    fn greeting(&self) -> Option<String> {
        None
    }

    /// What a request is answered.
    fn answer(&mut self, request: &str) -> Answer;
}

/// What a request is answered.
pub(crate) enum Answer {
    /// A line, and the dialogue goes on.
    Line(String),
    /// A line, then bytes without an end, and the dialogue goes on.
    Counted(String, Vec<u8>),
    /// A line, then the server closes.
    Last(String),
    /// None: the thread that serves the client ends, and with it the connection.
    Leave,
    /// None: the server dies, for this reason.
    Death(&'static str),
}

/// A server whose clients each get a dialogue from `new_dialogue`.
pub(crate) fn server<D: Dialogue>(
    mistake: Option<Mistake>,
    new_dialogue: impl Fn() -> D + Send + Sync + 'static,
) -> impl Fn(TcpStream, &Life) -> Result<(), Stop> + Send + Sync + 'static {
    let shared = Framing::new(mistake);
    move |stream, life| {
        let framing = match mistake {
            Some(Mistake::SharedBuffer) => shared.clone(),
            _ => Framing::new(mistake),
        };
        let connection = Connection::new(stream, mistake, life);
        Session {
            connection,
            mistake,
            dialogue: new_dialogue(),
            greeted: false,
            unsent: Vec::new(),
        }
        .run(&framing)
    }
}

struct Session<'a, D> {
    connection: Connection<'a>,
    mistake: Option<Mistake>,
    dialogue: D,
    greeted: bool,
    /// The answers to one recv, of a server that sends them together.
    unsent: Vec<u8>,
}

/// Whether the server goes on after an answer.
#[derive(PartialEq, Eq)]
enum Then {
    GoesOn,
    Closes,
}

impl<D: Dialogue> Session<'_, D> {
    fn run(mut self, framing: &Framing) -> Result<(), Stop> {
        if self.mistake != Some(Mistake::ParametersAfterFirstGuess) {
            self.greet()?;
        }
        while let Some(chunk) = self.connection.receive()? {
            for request in framing.feed(&chunk)? {
                if self.answer(request)? == Then::Closes {
                    // An RST instead of the client's FIN changes nothing any more.
                    let _ = self.connection.close();
                    return Ok(());
                }
            }
            if self.mistake == Some(Mistake::ForgetsAnswersAtEnd) {
                let together = std::mem::take(&mut self.unsent);
                self.connection.send(&together)?;
            }
        }
        if let Some(request) = framing.finish() {
            self.answer(request)?;
            self.connection.send(&self.unsent)?;
        }
        Ok(self.connection.end()?)
    }

    fn answer(&mut self, request: Request) -> Result<Then, Stop> {
        let (line, bytes, then) = match self.reaction(request) {
            Answer::Line(line) => (line, Vec::new(), Then::GoesOn),
            Answer::Counted(line, bytes) => (line, bytes, Then::GoesOn),
            Answer::Last(line) => (line, Vec::new(), Then::Closes),
            Answer::Leave => return Err(Stop::Leave),
            Answer::Death(reason) => return Err(Stop::Server(reason)),
        };
        self.greet()?;
        self.send(&line, bytes)?;
        Ok(match self.mistake {
            Some(Mistake::StopsAfterFirstRequest) => Then::Closes,
            _ => then,
        })
    }

    fn reaction(&mut self, request: Request) -> Answer {
        match (request, self.mistake) {
            (Ok(request), Some(Mistake::DiesOnEmptyLine)) if request.is_empty() => {
                Answer::Death("an empty line has no first word")
            }
            (Ok(request), Some(Mistake::DoesNotClose)) => match self.dialogue.answer(&request) {
                Answer::Last(line) => Answer::Line(line),
                other => other,
            },
            (Ok(request), _) => self.dialogue.answer(&request),
            (Err(Malformed::InvalidUtf8), Some(Mistake::DiesOnInvalidUtf8)) => {
                Answer::Death("a line is not UTF-8")
            }
            (Err(Malformed::InvalidUtf8), Some(Mistake::ClosesOnInvalidUtf8)) => Answer::Leave,
            (Err(Malformed::InvalidUtf8), _) => Answer::Line("ERR invalid UTF-8".to_owned()),
            (Err(Malformed::TooLong), _) => Answer::Last("ERR line too long".to_owned()),
        }
    }

    fn greet(&mut self) -> Result<(), Stop> {
        if !self.greeted {
            self.greeted = true;
            if let Some(greeting) = self.dialogue.greeting() {
                self.send(&greeting, Vec::new())?;
            }
        }
        Ok(())
    }

    fn send(&mut self, line: &str, bytes: Vec<u8>) -> Result<(), Stop> {
        let end = if self.mistake == Some(Mistake::MissingNewline) {
            ""
        } else {
            "\n"
        };
        let answer = [line.as_bytes(), end.as_bytes(), &bytes].concat();
        match self.mistake {
            Some(Mistake::ForgetsAnswersAtEnd) => self.unsent.extend(answer),
            _ => self.connection.send(&answer)?,
        }
        Ok(())
    }
}
