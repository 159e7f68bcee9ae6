//! `echo-tcp` and `upper-tcp`: what comes back is the stream that came, and the mistakes with it.

use std::net::TcpStream;
use std::sync::{Arc, Mutex, PoisonError};

use unicode_normalization::UnicodeNormalization;

use crate::connection::{Connection, Stop};
use crate::life::Life;
use crate::mistake::Mistake;
use crate::utf8;

/// The fixed buffer of a server that has one, in bytes.
const BUFFER_BYTES: usize = 1024;

/// The server of `echo-tcp`.
pub(crate) fn echo(
    mistake: Option<Mistake>,
) -> impl Fn(TcpStream, &Life) -> Result<(), Stop> + Send + Sync + 'static {
    move |stream, life| {
        let waiting = Arc::default();
        Session {
            connection: Connection::new(stream, mistake, life),
            mistake,
            waiting,
        }
        .run(|received| received.len(), <[u8]>::to_vec)
    }
}

/// The server of `upper-tcp`, in the `unicode` dialect.
pub(crate) fn upper(
    mistake: Option<Mistake>,
) -> impl Fn(TcpStream, &Life) -> Result<(), Stop> + Send + Sync + 'static {
    let shared = Arc::<Mutex<Vec<u8>>>::default();
    move |stream, life| {
        let waiting = match mistake {
            Some(Mistake::SharedBuffer) => shared.clone(),
            _ => Arc::default(),
        };
        Session {
            connection: Connection::new(stream, mistake, life),
            mistake,
            waiting,
        }
        .run(
            |received| received.len() - utf8::unfinished(received),
            |text| capitals(text, mistake),
        )
    }
}

/// Whole characters in capitals; bytes that are not UTF-8 stay.
pub(crate) fn capitals(text: &[u8], mistake: Option<Mistake>) -> Vec<u8> {
    match mistake {
        Some(Mistake::ShiftsEveryByte) => text
            .iter()
            .map(|&byte| if byte >= b'a' { byte - 32 } else { byte })
            .collect(),
        Some(Mistake::WrongCase) => utf8::map_text(text, str::to_lowercase),
        Some(Mistake::DecomposesAccents) => {
            utf8::map_text(text, |text| text.to_uppercase().nfd().collect())
        }
        Some(Mistake::ComposesAccents) => {
            utf8::map_text(text, |text| text.to_uppercase().nfc().collect())
        }
        _ => utf8::map_text(text, str::to_uppercase),
    }
}

struct Session<'a> {
    connection: Connection<'a>,
    mistake: Option<Mistake>,
    /// Received, but not answered yet.
    waiting: Arc<Mutex<Vec<u8>>>,
}

impl Session<'_> {
    /// Answers with what `change` makes of the first `ready` bytes of what has come.
    fn run(
        mut self,
        ready: impl Fn(&[u8]) -> usize,
        change: impl Fn(&[u8]) -> Vec<u8>,
    ) -> Result<(), Stop> {
        let mut watch = utf8::Watch::default();
        while let Some(chunk) = self.connection.receive()? {
            let chunk = self.understand(&chunk)?;
            match self.mistake {
                Some(Mistake::DiesOnInvalidUtf8) if !watch.is_valid(&chunk) => {
                    return Err(Stop::Server("what it received is not UTF-8"));
                }
                Some(Mistake::ClosesOnInvalidUtf8) if !watch.is_valid(&chunk) => {
                    return Err(Stop::Leave);
                }
                _ => {}
            }
            let answer = {
                let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
                waiting.extend_from_slice(&chunk);
                let ready = match self.mistake {
                    Some(Mistake::WaitsForNewline) => waiting
                        .iter()
                        .rposition(|&byte| byte == b'\n')
                        .map_or(0, |last| last + 1),
                    _ => ready(&waiting),
                };
                change(&waiting.drain(..ready).collect::<Vec<u8>>())
            };
            self.connection.send(&answer)?;
            if self.mistake == Some(Mistake::StopsAfterFirstRequest) {
                let _ = self.connection.close();
                return Ok(());
            }
        }
        let rest =
            std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        if !rest.is_empty() {
            self.connection.send(&change(&rest))?;
        }
        Ok(self.connection.end()?)
    }

    /// What the server takes one recv's bytes for.
    fn understand(&self, chunk: &[u8]) -> Result<Vec<u8>, Stop> {
        Ok(match self.mistake {
            Some(Mistake::DecodesEachChunk) if str::from_utf8(chunk).is_err() => {
                return Err(Stop::Leave);
            }
            Some(Mistake::SplitCharacter) => String::from_utf8_lossy(chunk).into_owned().into(),
            Some(Mistake::TruncatesAtBuffer) => chunk[..chunk.len().min(BUFFER_BYTES)].to_vec(),
            Some(Mistake::NulTerminated) => chunk
                .split(|&byte| byte == 0)
                .next()
                .unwrap_or(chunk)
                .to_vec(),
            Some(Mistake::DropsCarriageReturns) => chunk
                .iter()
                .copied()
                .filter(|&byte| byte != b'\r')
                .collect(),
            Some(Mistake::StripsArgument) => chunk.trim_ascii().to_vec(),
            _ => chunk.to_vec(),
        })
    }
}
