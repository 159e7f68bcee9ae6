//! A transcript as events of the document, bounded in size.

use sockspec_case::grade::Role;
use sockspec_case::loss::Direction;
use sockspec_case::program::{Exit, Stream};
use sockspec_case::transcript::{Barrier, ConnectError, Event, Kind, Silence, Transcript};

use crate::convert::PAYLOAD_BYTES;
use crate::escape::{escape, hex};
use crate::texts::Texts;
use crate::wire::WireEvent;

/// A transcript of a document holds at most this many events; of a longer one the middle is left out.
pub const EVENTS: usize = 400;

/// Once this many payload bytes of a transcript were kept, later payloads keep [`SHORT_BYTES`] only:
/// a program that floods in every case must not make a document of hundreds of megabytes.
const TRANSCRIPT_BYTES: usize = 64 * 1024;

/// See [`TRANSCRIPT_BYTES`].
const SHORT_BYTES: usize = 128;

/// The events, as seen by a harness that plays the other side of `role`.
pub(crate) fn events(transcript: &Transcript, role: Role) -> Vec<WireEvent> {
    let all = &transcript.events;
    let mut spent = 0;
    let mut convert = |event: &Event| {
        let limit = if spent < TRANSCRIPT_BYTES {
            PAYLOAD_BYTES
        } else {
            SHORT_BYTES
        };
        if let Some(bytes) = carried(&event.kind) {
            spent += bytes.len().min(limit);
        }
        self::event(event, role, limit)
    };
    if all.len() <= EVENTS {
        return all.iter().map(convert).collect();
    }
    let (head, tail) = (EVENTS / 2, all.len() - (EVENTS - EVENTS / 2 - 1));
    let mut kept: Vec<WireEvent> = all[..head].iter().map(&mut convert).collect();
    let gap = &all[head];
    kept.push(WireEvent {
        t_us: microseconds(gap),
        connection: gap.connection,
        actor: "harness".into(),
        event: "left-out".into(),
        left_out: Some((tail - head) as u64),
        ..WireEvent::default()
    });
    kept.extend(all[tail..].iter().map(convert));
    kept
}

fn event(event: &Event, role: Role, limit: usize) -> WireEvent {
    let (harness, target) = match role {
        Role::Server | Role::Program => ("C", "S"),
        Role::Client => ("S", "C"),
    };
    let (actor, slug) = match &event.kind {
        Kind::Opened => ("C", "open"),
        Kind::Continued => ("C", "continue"),
        Kind::NotOpened(ConnectError::Refused) => ("harness", "refused"),
        Kind::NotOpened(ConnectError::TimedOut) => ("harness", "connect-timed-out"),
        Kind::NotOpened(ConnectError::Unreachable) => ("harness", "unreachable"),
        Kind::NotOpened(ConnectError::Other) => ("harness", "connect-failed"),
        Kind::Sent { .. } => (harness, "send"),
        Kind::Doubled(_) => (harness, "double"),
        Kind::Lost { direction, .. } => (sender(*direction), "lose"),
        Kind::Held { direction, .. } => (sender(*direction), "hold"),
        Kind::SendFailed => (harness, "send-failed"),
        Kind::SentFin => (harness, "send-fin"),
        Kind::SentReset => (harness, "send-reset"),
        Kind::Closed => (harness, "close"),
        Kind::Stalled => (harness, "stall"),
        Kind::Resumed => (harness, "resume"),
        Kind::Waited => ("harness", "wait"),
        Kind::Judged => ("harness", "judged"),
        Kind::Received(_) => (target, "receive"),
        Kind::Printed { stream, .. } => match stream {
            Stream::Out => ("out", "print"),
            Stream::Err => ("err", "print"),
        },
        Kind::Elsewhere { .. } => (target, "elsewhere"),
        Kind::Typed(_) => ("in", "type"),
        Kind::TypedEnd => ("in", "type-end"),
        // The second half are the same numbers with their bytes swapped.
        Kind::Ports(_, seen) => {
            match (seen[..seen.len() / 2].iter()).any(|one| one.bound && one.given) {
                true => ("harness", "port-bound"),
                false => ("harness", "port-free"),
            }
        }
        Kind::Ended(Exit::Code(_)) => (target, "exit"),
        Kind::Ended(Exit::Signal(_)) => (target, "killed"),
        Kind::NobodyListens => ("harness", "nobody-listens"),
        Kind::SentElsewhere(_) => (harness, "send-elsewhere"),
        Kind::Fin => (target, "fin"),
        Kind::Reset => (target, "reset"),
        Kind::Quiet(_) => ("harness", "quiet"),
        Kind::Read(_) => (target, "read"),
        Kind::Unread => (target, "unread"),
        Kind::Flooded => ("harness", "flooded"),
        Kind::Starved => ("harness", "starved"),
    };
    let mut wire = WireEvent {
        t_us: microseconds(event),
        connection: event.connection,
        actor: actor.into(),
        event: slug.into(),
        ..WireEvent::default()
    };
    if let Some(bytes) = carried(&event.kind) {
        payload(&mut wire, bytes, limit);
    }
    match &event.kind {
        Kind::Sent { barrier, .. } => wire.known_by = known_by(*barrier),
        Kind::Read(barrier) => wire.known_by = known_by(*barrier),
        Kind::Ended(exit) => match exit {
            Exit::Code(code) => wire.exit = Some(*code),
            Exit::Signal(_) => wire.signal = exit.signal_name(),
        },
        Kind::Printed { left_out, .. } => {
            let more = wire.left_out.unwrap_or_default() + left_out;
            wire.left_out = (more > 0).then_some(more);
        }
        Kind::Elsewhere { from, .. } => wire.from = Some(from.clone()),
        Kind::Quiet(silence) => {
            wire.known_by = Some(match silence {
                Silence::Blocked => "blocked".into(),
                Silence::Window => "window".into(),
                Silence::Deadline => "deadline".into(),
                Silence::Busy => "busy".into(),
            });
        }
        _ => {}
    }
    wire
}

fn known_by(barrier: Barrier) -> Option<String> {
    match barrier {
        Barrier::None => None,
        Barrier::Kernel => Some("kernel".into()),
        Barrier::Acknowledged => Some("acknowledged".into()),
    }
}

/// The bytes of an event that has some.
fn carried(kind: &Kind) -> Option<&[u8]> {
    match kind {
        Kind::Sent { bytes, .. }
        | Kind::Received(bytes)
        | Kind::Doubled(bytes)
        | Kind::Lost { bytes, .. }
        | Kind::Held { bytes, .. }
        | Kind::Elsewhere { bytes, .. }
        | Kind::Typed(bytes)
        | Kind::SentElsewhere(bytes)
        | Kind::Printed { bytes, .. } => Some(bytes),
        _ => None,
    }
}

/// Who sent a datagram that goes this way.
fn sender(direction: Direction) -> &'static str {
    match direction {
        Direction::ToServer => "C",
        Direction::ToClient => "S",
    }
}

/// An event without bytes, in words.
pub(crate) fn said(event: &WireEvent, texts: Texts) -> String {
    match (event.event.as_str(), &event.known_by) {
        ("quiet", Some(known_by)) => texts.event(&format!("quiet-{known_by}")),
        ("left-out", _) => texts.events_left_out(event.left_out.unwrap_or_default()),
        ("exit", _) => texts.event_exit(event.exit.unwrap_or_default().into()),
        ("killed", _) => texts.event_killed(event.signal.as_deref().unwrap_or_default()),
        (slug, _) => texts.event(slug),
    }
}

/// What happened to the bytes of an event, where they were not simply sent or received.
pub(crate) fn remark(event: &WireEvent, texts: Texts) -> Option<String> {
    match event.event.as_str() {
        "lose" | "hold" | "double" => Some(texts.event(&event.event)),
        "elsewhere" => Some(texts.event_elsewhere(event.from.as_deref().unwrap_or_default())),
        "send-elsewhere" => Some(texts.event_send_elsewhere()),
        _ => None,
    }
}

fn payload(wire: &mut WireEvent, bytes: &[u8], limit: usize) {
    let (head, tail) = shorten(bytes, limit);
    wire.text = Some(escape(head));
    wire.bytes = Some(bytes.len() as u64);
    if str::from_utf8(bytes).is_err() {
        wire.hex = Some(hex(head));
    }
    if let Some(tail) = tail {
        wire.left_out = Some((bytes.len() - head.len() - tail.len()) as u64);
        wire.tail = Some(escape(tail));
    }
}

/// Head and tail of what is longer than `limit`, cut between characters where it is UTF-8.
fn shorten(bytes: &[u8], limit: usize) -> (&[u8], Option<&[u8]>) {
    if bytes.len() <= limit {
        return (bytes, None);
    }
    let is_inside = |at: &usize| (bytes[*at] & 0b1100_0000) == 0b1000_0000;
    let half = limit / 2;
    let head = (half - 3..=half)
        .rev()
        .find(|at| !is_inside(at))
        .unwrap_or(half);
    let last = bytes.len() - half;
    let tail = (last..last + 3).find(|at| !is_inside(at)).unwrap_or(last);
    (&bytes[..head], Some(&bytes[tail..]))
}

fn microseconds(event: &Event) -> u64 {
    u64::try_from(event.at.as_micros()).unwrap_or(u64::MAX)
}

#[cfg(test)]
pub(crate) mod tests {
    use std::time::Duration;

    use sockspec_case::port::PortSeen;
    use sockspec_spec::dialogue::Protocol;

    use super::*;

    /// The slug of the text of every event that has one.
    pub(crate) fn slugs() -> Vec<String> {
        let kinds = [
            Kind::Opened,
            Kind::Continued,
            Kind::NotOpened(ConnectError::Refused),
            Kind::NotOpened(ConnectError::TimedOut),
            Kind::NotOpened(ConnectError::Unreachable),
            Kind::NotOpened(ConnectError::Other),
            Kind::Doubled(Vec::new()),
            Kind::Lost {
                direction: Direction::ToServer,
                bytes: Vec::new(),
            },
            Kind::Held {
                direction: Direction::ToClient,
                bytes: Vec::new(),
            },
            Kind::Elsewhere {
                from: String::new(),
                bytes: Vec::new(),
            },
            Kind::SendFailed,
            Kind::SentFin,
            Kind::SentReset,
            Kind::Closed,
            Kind::Stalled,
            Kind::Resumed,
            Kind::Waited,
            Kind::Judged,
            Kind::Fin,
            Kind::Reset,
            Kind::Quiet(Silence::Blocked),
            Kind::Quiet(Silence::Window),
            Kind::Quiet(Silence::Deadline),
            Kind::Quiet(Silence::Busy),
            Kind::Read(Barrier::Kernel),
            Kind::Unread,
            Kind::Flooded,
            Kind::Starved,
            Kind::TypedEnd,
            Kind::Ports(Protocol::Udp, Vec::new()),
            Kind::Ports(
                Protocol::Udp,
                vec![
                    PortSeen {
                        port: 40_000,
                        bound: true,
                        given: true,
                    };
                    2
                ],
            ),
            Kind::NobodyListens,
        ];
        let slug = |kind| {
            let event = Event {
                at: Duration::ZERO,
                connection: 1,
                kind,
            };
            let wire = super::event(&event, Role::Server, PAYLOAD_BYTES);
            // Only of silence is it said how it was known.
            match wire.known_by.filter(|_| wire.event == "quiet") {
                Some(known_by) => format!("quiet-{known_by}"),
                None => wire.event,
            }
        };
        kinds.into_iter().map(slug).collect()
    }

    fn received(payloads: Vec<Vec<u8>>) -> Transcript {
        let event = |bytes| Event {
            at: Duration::ZERO,
            connection: 1,
            kind: Kind::Received(bytes),
        };
        Transcript {
            started_us: 0,
            events: payloads.into_iter().map(event).collect(),
        }
    }

    #[test]
    fn a_long_payload_keeps_head_and_tail_between_characters() {
        let bytes = "é".repeat(5_000).into_bytes();
        let wire = &events(&received(vec![bytes.clone()]), Role::Server)[0];
        let (head, tail) = (wire.text.as_deref().unwrap(), wire.tail.as_deref().unwrap());
        assert!(head.chars().chain(tail.chars()).all(|c| c == 'é'));
        assert_eq!(wire.bytes, Some(10_000));
        assert_eq!(
            head.len() + tail.len() + wire.left_out.unwrap() as usize,
            bytes.len()
        );
        assert_eq!(wire.hex, None);
    }

    #[test]
    fn bytes_that_are_no_text_stand_in_hexadecimal_too() {
        let wire = &events(&received(vec![b"caf\xc3".to_vec()]), Role::Client)[0];
        assert_eq!(
            (wire.text.as_deref(), wire.hex.as_deref()),
            (Some(r"caf\xC3"), Some("636166c3"))
        );
        assert_eq!(wire.actor, "C");
    }

    #[test]
    fn a_long_transcript_keeps_head_and_tail() {
        let payloads: Vec<Vec<u8>> = (0..1_000).map(|n| n.to_string().into_bytes()).collect();
        let wire = events(&received(payloads), Role::Server);
        assert_eq!(wire.len(), EVENTS);
        assert_eq!(wire[0].text.as_deref(), Some("0"));
        assert_eq!(wire[EVENTS - 1].text.as_deref(), Some("999"));
        let gap = wire.iter().find(|event| event.event == "left-out").unwrap();
        assert_eq!(gap.left_out, Some(601));
    }

    #[test]
    fn a_flood_stays_small() {
        let wire = events(&received(vec![vec![0; 100_000]; 300]), Role::Server);
        let kept: usize = wire
            .iter()
            .filter_map(|event| event.text.as_ref())
            .map(String::len)
            .sum();
        assert!(kept < 200_000, "{kept}");
    }
}
