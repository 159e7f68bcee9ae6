//! Shell lines that show a failure by hand: `printf` and `nc`, or, where there are several clients or
//! resets, which `nc` cannot do, a line of Python.

use sockspec_spec::model::Framing;

use crate::player::STREAMS;
use crate::transcript::{Event, Kind, Transcript};

mod python;

/// Longest payload written out in a command, in bytes: a terminal line must stay usable.
const MAX_BYTES: usize = 600;

/// How a reader reaches the target by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// `HOST:PORT`, or a path.
    pub address: String,
    /// The line that starts the program there, where the harness starts it.
    pub start: Option<String>,
}

/// Commands that send what the first client sent, cut as it was cut. Empty when nothing was sent.
///
/// Between two segments the line sleeps a moment: by hand there is no better way to keep segments apart.
pub fn commands(transcript: &Transcript, framing: Framing, reach: &Reach) -> String {
    let is_alone = transcript
        .events
        .iter()
        .all(|event| event.connection == STREAMS || event.kind == Kind::Judged);
    if let (true, Some(start)) = (is_alone, &reach.start) {
        // Nobody connects to it: it is what shows, and what is typed.
        let is_typed = |event: &Event| matches!(event.kind, Kind::Typed(_) | Kind::TypedEnd);
        return match transcript.events.iter().any(is_typed) {
            true => typed(transcript, "", start),
            false => start.clone(),
        };
    }
    let client = match python::is_needed(transcript) {
        true => python::script(transcript, framing, &reach.address),
        false => client(transcript, framing, &reach.address),
    };
    match &reach.start {
        Some(start) if !client.is_empty() => {
            let started = match start.contains(" &\n") {
                true => "$(jobs -p)",
                false => "$!",
            };
            format!("{start} &\nsleep 1; {client}\nkill {started}")
        }
        _ => client,
    }
}

/// A line that writes a file of text.
pub fn write_file(text: &str, path: &str) -> String {
    format!("printf '{}' >{path}", printf_text(text.as_bytes()))
}

/// Lines that type to a client what was typed to it: `server` is run before, where it is not empty.
pub fn typed(transcript: &Transcript, server: &str, client: &str) -> String {
    let mut typed = String::new();
    for event in &transcript.events {
        if let Kind::Typed(bytes) = &event.kind {
            typed.push_str(&printf_text(bytes));
        }
    }
    let line = match typed.is_empty() {
        true => format!("{client} </dev/null"),
        false => format!("printf '{typed}' | {client}"),
    };
    match server.is_empty() {
        true => line,
        false => format!("{server}\n{line}"),
    }
}

fn client(transcript: &Transcript, framing: Framing, target: &str) -> String {
    let Some(place) = place(target) else {
        return String::new();
    };
    let mut segments: Vec<&[u8]> = Vec::new();
    for event in transcript
        .events
        .iter()
        .filter(|event| event.connection == 1)
    {
        segments.extend(event.kind.sent().map(Vec::as_slice));
    }
    if segments.is_empty() {
        return match framing {
            Framing::Datagram => String::new(),
            _ => format!("nc {place} </dev/null"),
        };
    }
    if segments.iter().map(|bytes| bytes.len()).sum::<usize>() > MAX_BYTES {
        return String::new();
    }
    let udp = if framing == Framing::Datagram {
        "-u "
    } else {
        ""
    };
    let mut line = String::from("{ ");
    for bytes in segments {
        line.push_str(&format!("printf '{}'; sleep 0.2; ", printf_text(bytes)));
    }
    line.push_str(&format!("sleep 1; }} | nc {udp}{place}"));
    line
}

/// What `nc` takes for the target's address; `None` where there is none.
fn place(target: &str) -> Option<String> {
    if target.contains('/') || (!target.contains(':') && !target.is_empty()) {
        let quoted = target.replace('\'', r"'\''");
        return Some(format!("-U '{quoted}'"));
    }
    let (host, port) = target.rsplit_once(':')?;
    let host = host.trim_start_matches('[').trim_end_matches(']');
    Some(format!("{host} {port}"))
}

/// The argument of `printf(1)`, between single quotes, for any shell: octal escapes, `%` doubled.
fn printf_text(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in bytes {
        match byte {
            b'\n' => text.push_str("\\n"),
            b'\r' => text.push_str("\\r"),
            b'\t' => text.push_str("\\t"),
            b'%' => text.push_str("%%"),
            b'\\' => text.push_str("\\\\"),
            b'\'' => text.push_str("'\\''"),
            b' '..=b'~' => text.push(char::from(*byte)),
            _ => text.push_str(&format!("\\{byte:03o}")),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::{Barrier, Event, Kind};
    use std::time::Duration;

    fn sent(segments: &[&[u8]]) -> Transcript {
        let events = segments
            .iter()
            .map(|bytes| Event {
                at: Duration::ZERO,
                connection: 1,
                kind: Kind::Sent {
                    bytes: bytes.to_vec(),
                    barrier: Barrier::None,
                },
            })
            .collect();
        Transcript {
            started_us: 0,
            events,
        }
    }

    fn at(address: &str) -> Reach {
        Reach {
            address: address.to_owned(),
            start: None,
        }
    }

    #[test]
    fn a_program_is_started_before_and_ended_after() {
        let reach = Reach {
            start: Some("./server 50020".to_owned()),
            ..at("127.0.0.1:50020")
        };
        insta::assert_snapshot!(commands(&sent(&[b"fa\n"]), Framing::Lines, &reach), @r"
        ./server 50020 &
        sleep 1; { printf 'fa\n'; sleep 0.2; sleep 1; } | nc 127.0.0.1 50020
        kill $!
        ");
    }

    #[test]
    fn a_path_is_reached_as_one() {
        assert_eq!(
            commands(&sent(&[b"A"]), Framing::Bytes, &at("/tmp/it's here")),
            r"{ printf 'A'; sleep 0.2; sleep 1; } | nc -U '/tmp/it'\''s here'"
        );
    }

    #[test]
    fn segments_are_kept_apart_and_bytes_escaped_for_any_shell() {
        let transcript = sent(&[b"UPPER caf\xC3", b"\xA9 100% 'x'\n"]);
        insta::assert_snapshot!(
            commands(&transcript, Framing::Lines, &at("127.0.0.1:50020")),
            @r"{ printf 'UPPER caf\303'; sleep 0.2; printf '\251 100%% '\''x'\''\n'; sleep 0.2; sleep 1; } | nc 127.0.0.1 50020"
        );
    }
}
