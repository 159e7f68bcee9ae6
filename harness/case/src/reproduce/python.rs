//! A failure as one line of Python: several clients, in the order of the play, and resets.
//!
//! One line, because a report indents what it shows, and indented Python cannot be pasted.

use std::collections::BTreeSet;

use sockspec_spec::model::Framing;

use super::MAX_BYTES;
use crate::loss::Direction;
use crate::transcript::{Event, Kind, Transcript};

/// Most statements that a reader is asked to paste.
const MAX_STATEMENTS: usize = 60;

/// Whether the play had several clients, one that reset its connection, or a network that did something
/// to datagrams: when each is sent then matters.
pub(super) fn is_needed(transcript: &Transcript) -> bool {
    let mut played = played(transcript);
    played.any(|event| {
        let lossy = matches!(
            event.kind,
            Kind::Doubled(_) | Kind::Lost { .. } | Kind::Held { .. }
        );
        event.connection > 1 || lossy || event.kind == Kind::SentReset
    })
}

/// The line; empty when it would be too long.
pub(super) fn script(transcript: &Transcript, framing: Framing, target: &str) -> String {
    let mut statements = vec![
        "import socket, struct, time".to_owned(),
        format!("connect = {}", connect(framing, target)),
    ];
    let resets = |event: &Event| event.kind == Kind::SentReset;
    if played(transcript).any(resets) {
        statements.push(RESET.to_owned());
    }
    let mut sent = 0;
    let mut open = BTreeSet::new();
    let mut before: Option<&Event> = None;
    for event in played(transcript) {
        let c = event.connection;
        if open.insert(c) {
            statements.push(format!("c{c} = connect()"));
        }
        // Datagrams are not cut: each is read on its own, and nothing keeps two apart.
        let again = before.is_some_and(|one| {
            framing != Framing::Datagram
                && one.connection == c
                && std::mem::discriminant(&one.kind) == std::mem::discriminant(&event.kind)
        });
        match &event.kind {
            Kind::Sent { bytes, .. } | Kind::Doubled(bytes) => {
                sent += bytes.len();
                if again {
                    statements.push("time.sleep(0.2)".to_owned());
                }
                statements.push(format!("c{c}.sendall(b\"{}\")", literal(bytes)));
            }
            // One read takes what came in several.
            Kind::Received(_) if again => {}
            Kind::Received(_)
            | Kind::Lost {
                direction: Direction::ToClient,
                ..
            }
            | Kind::Fin
            | Kind::Reset
            | Kind::Quiet(_) => {
                statements.push(format!("print({c}, c{c}.recv(65536))"));
            }
            Kind::SentFin => statements.push(format!("c{c}.shutdown(socket.SHUT_WR)")),
            Kind::SentReset => statements.push(format!("reset(c{c})")),
            Kind::Closed => statements.push(format!("c{c}.close()")),
            _ => {}
        }
        if matches!(event.kind, Kind::Closed | Kind::SentReset) {
            open.remove(&c);
        }
        before = Some(event);
    }
    match sent == 0 || sent > MAX_BYTES || statements.len() > MAX_STATEMENTS {
        true => String::new(),
        false => format!("python3 -c '{}'", statements.join("; ")),
    }
}

/// A close that makes the system send an RST.
const RESET: &str = "reset = lambda c: (c.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, \
                     struct.pack(\"ii\", 1, 0)), c.close())";

/// What happened before the verdict.
fn played(transcript: &Transcript) -> impl Iterator<Item = &Event> {
    let events = transcript.events.iter();
    events.take_while(|event| event.kind != Kind::Judged)
}

/// How a client connects; what does not come within two seconds is an error.
fn connect(framing: Framing, target: &str) -> String {
    let (family, address) = match target.rsplit_once(':') {
        Some((host, port)) => {
            let bare = host.trim_start_matches('[').trim_end_matches(']');
            let address = format!("(\"{}\", {port})", literal(bare.as_bytes()));
            if framing != Framing::Datagram {
                return format!("lambda: socket.create_connection({address}, 2)");
            }
            let family = if bare.contains(':') {
                "AF_INET6"
            } else {
                "AF_INET"
            };
            (family, address)
        }
        None => ("AF_UNIX", format!("\"{}\"", literal(target.as_bytes()))),
    };
    let kind = match framing {
        Framing::Datagram => "SOCK_DGRAM",
        _ => "SOCK_STREAM",
    };
    format!(
        "lambda: [(c, c.settimeout(2), c.connect({address}))[0] \
         for c in [socket.socket(socket.{family}, socket.{kind})]][0]"
    )
}

/// The inside of a Python literal in double quotes, itself in single quotes for the shell: whatever is no
/// plain character is escaped, so that nothing that was sent can end either.
fn literal(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in bytes {
        match byte {
            b'\n' => text.push_str("\\n"),
            b'"' | b'\\' => {
                text.push('\\');
                text.push(char::from(*byte));
            }
            b' '..=b'~' if *byte != b'\'' => text.push(char::from(*byte)),
            _ => text.push_str(&format!("\\x{byte:02x}")),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::transcript::{Barrier, Silence};

    fn transcript(events: Vec<(u8, Kind)>) -> Transcript {
        let event = |(connection, kind)| Event {
            at: Duration::ZERO,
            connection,
            kind,
        };
        Transcript {
            started_us: 0,
            events: events.into_iter().map(event).collect(),
        }
    }

    fn sent(bytes: &[u8]) -> Kind {
        Kind::Sent {
            bytes: bytes.to_vec(),
            barrier: Barrier::Kernel,
        }
    }

    #[test]
    fn clients_act_in_the_order_of_the_play() {
        let transcript = transcript(vec![
            (1, Kind::Opened),
            (1, sent(b"f\xC3")),
            (1, sent(b"\"it's\n")),
            (1, Kind::SentReset),
            (2, Kind::Opened),
            (2, sent(b"fa\n")),
            (2, Kind::Quiet(Silence::Deadline)),
            (1, Kind::Judged),
            (2, Kind::Closed),
        ]);
        assert!(is_needed(&transcript));
        insta::assert_snapshot!(script(&transcript, Framing::Lines, "127.0.0.1:2056"), @r#"python3 -c 'import socket, struct, time; connect = lambda: socket.create_connection(("127.0.0.1", 2056), 2); reset = lambda c: (c.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)), c.close()); c1 = connect(); c1.sendall(b"f\xc3"); time.sleep(0.2); c1.sendall(b"\"it\x27s\n"); reset(c1); c2 = connect(); c2.sendall(b"fa\n"); print(2, c2.recv(65536))'"#);
    }

    #[test]
    fn what_a_network_did_to_datagrams_is_done_again() {
        let lost = |direction| Kind::Lost {
            direction,
            bytes: b"a".to_vec(),
        };
        let transcript = transcript(vec![
            (1, Kind::Opened),
            (1, lost(Direction::ToServer)),
            (1, sent(b"a")),
            (1, Kind::Doubled(b"a".to_vec())),
            (1, lost(Direction::ToClient)),
            (1, Kind::Quiet(Silence::Blocked)),
        ]);
        assert!(is_needed(&transcript));
        let script = script(&transcript, Framing::Datagram, "127.0.0.1:7");
        let (_, acts) = script.split_once("c1 = connect(); ").unwrap();
        insta::assert_snapshot!(acts, @r#"c1.sendall(b"a"); c1.sendall(b"a"); print(1, c1.recv(65536)); print(1, c1.recv(65536))'"#);
    }

    #[test]
    fn one_client_that_only_asks_needs_no_script() {
        assert!(!is_needed(&transcript(vec![
            (1, Kind::Opened),
            (1, sent(b"fa\n")),
            (1, Kind::Judged),
            (1, Kind::SentReset),
        ])));
    }
}
