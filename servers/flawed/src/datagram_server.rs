//! The servers over UDP, and the mistakes with datagrams.

use std::net::{SocketAddr, UdpSocket};

use crate::byte_server::capitals;
use crate::chargen_server::pattern;
use crate::clock::Clock;
use crate::life::stand_still;
use crate::mistake::Mistake;
use crate::utf8;

/// Largest datagram, in bytes.
const MAX_BYTES: usize = 65_507;

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
    let mut last_client = None;
    let mut late = None;
    loop {
        let Ok((length, client)) = socket.recv_from(&mut buffer[..MAX_BYTES]) else {
            continue;
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
        let Some(mut message) = answer(&datagram) else {
            match mistake {
                Some(Mistake::ReadsOnce) => stand_still(),
                Some(Mistake::StopsAfterFirstRequest) => return "it has read its first datagram",
                _ => continue,
            }
        };
        match mistake {
            Some(Mistake::AnswersLate) => match late.replace(message) {
                Some(earlier) => message = earlier,
                None => continue,
            },
            Some(Mistake::BytesVersusCharacters) => message.truncate(utf8::characters(&message)),
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
            Some(Mistake::AnswersOnlyFirstClient) if last_client.is_none() => {
                let _ = socket.connect(client);
            }
            Some(Mistake::AnswersTwice) => {
                let _ = socket.send_to(&message, client);
            }
            _ => {}
        }
        let receiver = match mistake {
            Some(Mistake::RepliesToLastClient) => last_client.unwrap_or(client),
            _ => client,
        };
        last_client = Some(client);
        let _ = socket.send_to(&message, receiver);
        if mistake == Some(Mistake::StopsAfterFirstRequest) {
            return "it has answered its first datagram";
        }
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
