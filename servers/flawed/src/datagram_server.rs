//! The servers over UDP, and the mistakes with datagrams.

use std::collections::VecDeque;
use std::io;
use std::net::{SocketAddr, UdpSocket};
use std::thread;
use std::time::Duration;

use crate::byte_server::capitals;
use crate::chargen_server::pattern;
use crate::clock::Clock;
use crate::life::stand_still;
use crate::mistake::Mistake;
use crate::utf8;

mod backlog;
mod vanished;

/// Largest datagram, in bytes.
const MAX_BYTES: usize = 65_507;

/// How long a server that looks at the newest datagram only takes to look.
const SLUGGISH: Duration = Duration::from_micros(200);

/// How many errors a server takes that counts them.
const MOST_ERRORS: u32 = 10;

/// The fixed buffer of a server that has one, in bytes.
const BUFFER_BYTES: usize = 128;

/// What `echo-udp` answers.
pub(crate) fn echo() -> impl Fn(&[u8]) -> Option<Vec<u8>> + Send + 'static {
    |datagram| Some(datagram.to_vec())
}

/// What `upper-udp` answers, in the `unicode` dialect.
pub(crate) fn upper(
    mistake: Option<Mistake>,
) -> impl Fn(&[u8]) -> Option<Vec<u8>> + Send + 'static {
    move |datagram| Some(capitals(datagram, mistake))
}

/// What `daytime-udp` answers.
pub(crate) fn daytime(
    mistake: Option<Mistake>,
) -> impl Fn(&[u8]) -> Option<Vec<u8>> + Send + 'static {
    let clock = Clock::new(mistake);
    move |_| Some(clock.line().into_bytes())
}

/// What `time-udp` answers.
pub(crate) fn time(mistake: Option<Mistake>) -> impl Fn(&[u8]) -> Option<Vec<u8>> + Send + 'static {
    let clock = Clock::new(mistake);
    move |_| Some(clock.number())
}

/// What `chargen-udp` answers: as many characters as chance says.
pub(crate) fn chargen(
    mistake: Option<Mistake>,
) -> impl Fn(&[u8]) -> Option<Vec<u8>> + Send + 'static {
    move |_| {
        let length = match mistake {
            Some(Mistake::EmptyDatagrams) => 0,
            // Fewer than its buffer has room for.
            Some(Mistake::PadsWithNul) => fastrand::usize(1..=100),
            Some(Mistake::LongDatagrams) => fastrand::usize(513..=1400),
            // Never none: an answer that is not there would look like one without characters.
            _ => fastrand::usize(1..=512),
        };
        let mut characters = pattern(mistake);
        characters.truncate(length);
        Some(characters)
    }
}

/// What `discard-udp` answers: nothing.
pub(crate) fn discard(
    mistake: Option<Mistake>,
) -> impl Fn(&[u8]) -> Option<Vec<u8>> + Send + 'static {
    move |datagram| (mistake == Some(Mistake::EchoesInput)).then(|| datagram.to_vec())
}

/// Answers datagrams until a mistake ends it; returns why it did.
pub(crate) fn serve(
    socket: UdpSocket,
    mistake: Option<Mistake>,
    answer: impl Fn(&[u8]) -> Option<Vec<u8>>,
) -> &'static str {
    // One byte more than any datagram has: a NUL always stands behind the last one.
    let mut buffer = vec![0; MAX_BYTES + 1];
    let mut memory = Memory::default();
    let mut late = None;
    let mut errors = 0;
    let mut has_come = false;
    if let Some(Mistake::DiesOfVanishedClient | Mistake::GivesUpOnErrors) = mistake {
        vanished::ask_to_be_told(&socket);
    }
    let worker =
        (mistake == Some(Mistake::DiesOfBacklog)).then(|| backlog::worker(socket.try_clone()));
    loop {
        let received = match mistake {
            Some(Mistake::AnswersNewestOnly) => newest(&socket, &mut buffer[..MAX_BYTES]),
            _ => socket.recv_from(&mut buffer[..MAX_BYTES]),
        };
        let (length, client) = match received {
            Ok(received) => received,
            // The mistake of the program, not of the exercise: a timeout that is over.
            Err(error)
                if mistake.is_none()
                    && error.kind() == io::ErrorKind::WouldBlock
                    && socket.read_timeout().is_ok_and(|one| one.is_some()) =>
            {
                return "nobody said anything for a second";
            }
            Err(_) if mistake == Some(Mistake::DiesOfVanishedClient) => {
                return "a client has vanished";
            }
            Err(_) if mistake == Some(Mistake::GivesUpOnErrors) && errors + 1 == MOST_ERRORS => {
                return "ten clients have vanished";
            }
            Err(_) => {
                errors += 1;
                continue;
            }
        };
        if length == 0 {
            match mistake {
                Some(Mistake::StopsAtEmptyDatagram) => return "an empty datagram came",
                Some(Mistake::SilentOnEmptyDatagram) => continue,
                _ => {}
            }
        }
        let Some(datagram) = understand(&buffer, length, mistake) else {
            return "a datagram is not UTF-8";
        };
        if mistake == Some(Mistake::EndsAtQuit) && datagram.trim_ascii() == b"quit" {
            return "a client said `quit`";
        }
        let is_repeat = memory.is_repeat(client, &datagram);
        let Some(mut message) = answer(&datagram) else {
            match mistake {
                Some(Mistake::ReadsOnce) => stand_still(),
                Some(Mistake::StopsAfterFirstRequest) => return "it has read its first datagram",
                _ => continue,
            }
        };
        let is_first = !std::mem::replace(&mut has_come, true);
        match mistake {
            Some(Mistake::SkipsFirstDatagram) if is_first => continue,
            Some(Mistake::IgnoresRepeats) if is_repeat => continue,
            Some(Mistake::LateAfterRepeat) => message = memory.kept(client, message, is_repeat),
            Some(Mistake::ClientTableFull) if !memory.has_place(client) => continue,
            Some(Mistake::AnswersLate) => match late.replace(message) {
                Some(earlier) => message = earlier,
                None => continue,
            },
            Some(Mistake::FormatString) => message = utf8::printed(&message),
            Some(Mistake::BytesVersusCharacters) => message.truncate(utf8::characters(&message)),
            Some(Mistake::SendsTerminator) => message.push(0),
            Some(Mistake::PadsWithNul) => message.resize(message.len().max(BUFFER_BYTES), 0),
            Some(Mistake::RepliesFromOtherPort) => {
                if let Ok(other) = socket
                    .local_addr()
                    .and_then(|address| UdpSocket::bind(SocketAddr::new(address.ip(), 0)))
                {
                    let _ = other.send_to(&message, client);
                }
                continue;
            }
            Some(Mistake::AnswersOnlyFirstClient) if memory.last_client.is_none() => {
                let _ = socket.connect(client);
            }
            Some(Mistake::AnswersTwice) => {
                let _ = socket.send_to(&message, client);
            }
            Some(Mistake::AnswersEverybody) => {
                for other in memory.others(client) {
                    let _ = socket.send_to(&message, other);
                }
            }
            _ => {}
        }
        if let Some(worker) = &worker {
            match worker.try_send((message, client)) {
                Ok(()) => continue,
                Err(_) => return "its queue is full",
            }
        }
        let receiver = match mistake {
            Some(Mistake::RepliesToLastClient) => memory.last_client.unwrap_or(client),
            _ => client,
        };
        memory.last_client = Some(client);
        let _ = socket.send_to(&message, receiver);
        if mistake == Some(Mistake::StopsAfterFirstRequest) {
            return "it has answered its first datagram";
        }
    }
}

/// The last of the datagrams that wait when the server gets to work.
#[expect(clippy::disallowed_methods, reason = "a server that dawdles")]
fn newest(socket: &UdpSocket, buffer: &mut [u8]) -> io::Result<(usize, SocketAddr)> {
    let mut newest = socket.recv_from(buffer)?;
    thread::sleep(SLUGGISH);
    socket.set_nonblocking(true)?;
    // Nothing more waits: the error says so.
    while let Ok(newer) = socket.recv_from(buffer) {
        newest = newer;
    }
    socket.set_nonblocking(false)?;
    Ok(newest)
}

/// What a server remembers that should remember nothing.
#[derive(Default)]
struct Memory {
    last_client: Option<SocketAddr>,
    last_datagram: Option<(SocketAddr, Vec<u8>)>,
    /// Answers that should long be sent.
    answers: VecDeque<Vec<u8>>,
    clients: VecDeque<SocketAddr>,
}

impl Memory {
    /// Places for clients that are never given back.
    const PLACES: usize = 16;
    /// Clients that are told what others asked.
    const AUDIENCE: usize = 8;

    /// Whether the client has just sent the same.
    fn is_repeat(&mut self, client: SocketAddr, datagram: &[u8]) -> bool {
        let now = (client, datagram.to_vec());
        let is_repeat = self.last_datagram.as_ref() == Some(&now);
        self.last_datagram = Some(now);
        is_repeat
    }

    /// The answer that is sent instead of this one: once behind, behind until another client comes.
    fn kept(&mut self, client: SocketAddr, answer: Vec<u8>, is_repeat: bool) -> Vec<u8> {
        if self.last_client != Some(client) {
            self.answers.clear();
        }
        if is_repeat && self.answers.is_empty() {
            self.answers.push_back(answer.clone());
        }
        self.answers.push_back(answer);
        self.answers.pop_front().unwrap_or_default()
    }

    fn has_place(&mut self, client: SocketAddr) -> bool {
        let is_known = self.clients.contains(&client);
        if !is_known && self.clients.len() < Self::PLACES {
            self.clients.push_back(client);
            return true;
        }
        is_known
    }

    /// The last clients, but for this one, who is one of them from now on.
    fn others(&mut self, client: SocketAddr) -> Vec<SocketAddr> {
        self.clients.retain(|other| *other != client);
        let others: Vec<SocketAddr> = self.clients.iter().copied().collect();
        self.clients.push_back(client);
        if self.clients.len() > Self::AUDIENCE {
            self.clients.pop_front();
        }
        others
    }
}

/// What the server takes the first `length` bytes of its buffer for; `None` kills it.
fn understand(buffer: &[u8], length: usize, mistake: Option<Mistake>) -> Option<Vec<u8>> {
    let datagram = &buffer[..length];
    Some(match mistake {
        Some(Mistake::TruncatesAtBuffer) => datagram[..length.min(BUFFER_BYTES)].to_vec(),
        Some(Mistake::LeaksPreviousDatagram) => {
            // `strlen` where nobody wrote the NUL: an earlier, longer datagram still stands there.
            let tail = buffer[length..]
                .iter()
                .position(|&byte| byte == 0)
                .unwrap_or(0);
            buffer[..length + tail].to_vec()
        }
        Some(Mistake::DropsLastByte) => datagram[..length.saturating_sub(1)].to_vec(),
        Some(Mistake::SplitCharacter) => String::from_utf8_lossy(datagram).into_owned().into(),
        Some(Mistake::NulTerminated) => datagram
            .split(|&byte| byte == 0)
            .next()
            .unwrap_or(datagram)
            .to_vec(),
        Some(Mistake::StripsArgument) => datagram.trim_ascii().to_vec(),
        Some(Mistake::DiesOnInvalidUtf8) => str::from_utf8(datagram).ok()?.as_bytes().to_vec(),
        _ => datagram.to_vec(),
    })
}
