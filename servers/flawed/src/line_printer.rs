//! `line-printer`, and the mistakes in printing lines.

use std::io::{self, Write};
use std::net::TcpStream;

use crate::connection::{Connection, Stop};
use crate::framing::{Framing, Malformed};
use crate::life::Life;
use crate::mistake::Mistake;
use crate::utf8;

/// The server.
pub(crate) fn server(
    mistake: Option<Mistake>,
) -> impl Fn(TcpStream, &Life) -> Result<(), Stop> + Send + Sync + 'static {
    move |stream, life| {
        let mut printer = Printer::new(Connection::new(stream, mistake, life), mistake);
        print_all(&mut printer, mistake, || {})?;
        Ok(printer.connection.end()?)
    }
}

/// Prints what the client says, until its FIN; `heard` is told of each line.
pub(crate) fn print_all(
    printer: &mut Printer<'_>,
    mistake: Option<Mistake>,
    mut heard: impl FnMut(),
) -> Result<(), Stop> {
    let framing = match mistake {
        Some(Mistake::DiesOnInvalidUtf8 | Mistake::ClosesOnInvalidUtf8) => Framing::new(mistake),
        _ => Framing::new(mistake).replacing(),
    };
    while let Some(chunk) = printer.connection.receive()? {
        for line in framing.feed(&chunk)? {
            match (line, mistake) {
                (Ok(line), _) => {
                    printer.take(&line)?;
                    heard();
                }
                (Err(Malformed::InvalidUtf8), Some(Mistake::DiesOnInvalidUtf8)) => {
                    return Err(Stop::Server("a line is not UTF-8"));
                }
                (Err(_), _) => return Err(Stop::Leave),
            }
        }
    }
    if let Some(Ok(line)) = framing.finish() {
        printer.take(&line)?;
    }
    if mistake == Some(Mistake::PrintsAtEnd) {
        for line in std::mem::take(&mut printer.held_back) {
            print(io::stdout().lock(), &line);
        }
    }
    Ok(())
}

/// Shows lines as they come.
pub(crate) struct Printer<'a> {
    connection: Connection<'a>,
    mistake: Option<Mistake>,
    held_back: Vec<String>,
}

impl<'a> Printer<'a> {
    pub(crate) fn new(connection: Connection<'a>, mistake: Option<Mistake>) -> Self {
        Printer {
            connection,
            mistake,
            held_back: Vec::new(),
        }
    }

    /// A line has come.
    fn take(&mut self, line: &str) -> Result<(), Stop> {
        let screen = || io::stdout().lock();
        match self.mistake {
            Some(Mistake::DiesOnEmptyLine) if line.is_empty() => {
                return Err(Stop::Server("an empty line has no first word"));
            }
            Some(Mistake::EchoesInput) => {
                self.connection.send(format!("{line}\n").as_bytes())?;
                print(screen(), line);
            }
            Some(Mistake::StripsArgument) => print(screen(), line.trim()),
            Some(Mistake::PrintsTwice) => {
                print(screen(), line);
                print(screen(), line);
            }
            Some(Mistake::PrintsLate) => {
                self.held_back.push(line.to_owned());
                if self.held_back.len() > 1 {
                    print(screen(), &self.held_back.remove(0));
                }
            }
            Some(Mistake::PrintsAtEnd) => self.held_back.push(line.to_owned()),
            Some(Mistake::PrintsOnStderr) => print(io::stderr().lock(), line),
            Some(Mistake::PrintsAscii) => {
                let known = |letter: char| if letter.is_ascii() { letter } else { '?' };
                print(screen(), &line.chars().map(known).collect::<String>());
            }
            Some(Mistake::FormatString) => {
                let printed = utf8::printed(line.as_bytes());
                print(screen(), &String::from_utf8_lossy(&printed));
            }
            Some(Mistake::PrintsNotation) => print(screen(), &format!("b{line:?}")),
            Some(Mistake::PrintsWithoutNewline) => {
                let mut screen = screen();
                let _ = screen
                    .write_all(line.as_bytes())
                    .and_then(|()| screen.flush());
            }
            _ => print(screen(), line),
        }
        Ok(())
    }
}

/// Prints a line in one piece, at once.
fn print(mut screen: impl Write, line: &str) {
    let _ = writeln!(screen, "{line}").and_then(|()| screen.flush());
}
