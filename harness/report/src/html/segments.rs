//! Which segments of a transcript follow each other, and which characters their cuts went through.

use std::collections::{BTreeMap, HashMap};

use crate::escape::unescape;
use crate::wire::WireEvent;

/// A cut that the harness made between two segments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cut {
    /// The character that it went through.
    pub inside: Option<String>,
}

/// What cuts did to the payload of an event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Torn {
    /// So many bytes at its beginning end a character of the segment before.
    pub head: usize,
    /// So many bytes at its end begin a character of the next segment.
    pub tail: usize,
}

/// The cuts of a transcript.
#[derive(Debug, Default)]
pub(super) struct Segments {
    cuts: HashMap<usize, Cut>,
    torn: HashMap<usize, Torn>,
}

/// The payloads of one direction, each with the index of its event.
type Stream = Vec<(usize, Vec<u8>)>;

impl Segments {
    pub fn of(events: &[WireEvent]) -> Self {
        let mut all = Segments::default();
        // The payloads of each connection and direction make one stream.
        let mut streams: BTreeMap<(u8, &str), Stream> = BTreeMap::new();
        for (index, event) in events.iter().enumerate() {
            if let Some(text) = &event.text {
                let payload = [
                    unescape(text),
                    unescape(event.tail.as_deref().unwrap_or_default()),
                ];
                let stream = streams.entry((event.connection, &event.event)).or_default();
                stream.push((index, payload.concat()));
            }
        }
        for ((connection, slug), stream) in &streams {
            let torn = all.tear(stream);
            for ((last, _), (next, _)) in stream.iter().zip(&stream[1..]) {
                let mut between = events[last + 1..*next].iter();
                let follows = !between.any(|event| event.connection == *connection);
                if *slug == "send" && follows && events[*last].known_by.is_some() {
                    let inside = torn.iter().find(|(at, _)| at == next);
                    let inside = inside.map(|(_, character)| character.clone());
                    all.cuts.insert(*next, Cut { inside });
                }
            }
        }
        all
    }

    /// The cut right before the event of this index: the event before it was sent the same way, and
    /// the harness waited until it had been read.
    pub fn cut_before(&self, index: usize) -> Option<&Cut> {
        self.cuts.get(&index)
    }

    /// What cuts did to the payload of the event of this index.
    pub fn torn(&self, index: usize) -> Torn {
        self.torn.get(&index).copied().unwrap_or_default()
    }

    /// Notes the characters that boundaries of the stream go through; the events that such a
    /// boundary stands before, with the character.
    fn tear(&mut self, stream: &[(usize, Vec<u8>)]) -> Vec<(usize, String)> {
        let bytes = stream
            .iter()
            .map(|(_, payload)| payload.as_slice())
            .collect::<Vec<_>>()
            .concat();
        let mut characters = Vec::new();
        let mut offset = 0;
        for chunk in bytes.utf8_chunks() {
            let wide = chunk
                .valid()
                .char_indices()
                .filter(|(_, character)| character.len_utf8() > 1);
            characters.extend(wide.map(|(at, character)| (offset + at, character)));
            offset += chunk.valid().len() + chunk.invalid().len();
        }
        let mut boundaries = Vec::new();
        let mut start = 0;
        for (index, payload) in stream {
            let end = start + payload.len();
            for (first, character) in &characters {
                let last = first + character.len_utf8();
                if *first < start && start < last {
                    self.torn.entry(*index).or_default().head = last.min(end) - start;
                    boundaries.push((*index, character.to_string()));
                }
                if *first < end && end < last {
                    self.torn.entry(*index).or_default().tail = end - (*first).max(start);
                }
            }
            start = end;
        }
        boundaries
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(text: &str) -> WireEvent {
        WireEvent {
            connection: 1,
            actor: "C".into(),
            event: "send".into(),
            text: Some(text.into()),
            known_by: Some("kernel".into()),
            ..WireEvent::default()
        }
    }

    #[test]
    fn a_cut_through_a_character_is_seen_on_both_sides() {
        let events = [sent("caf\\xC3"), sent("\\xA9\\n"), sent("x")];
        let segments = Segments::of(&events);
        assert_eq!(segments.cut_before(0), None);
        assert_eq!(
            segments.cut_before(1),
            Some(&Cut {
                inside: Some("é".into())
            })
        );
        assert_eq!(segments.cut_before(2), Some(&Cut { inside: None }));
        assert_eq!(segments.torn(0), Torn { head: 0, tail: 1 });
        assert_eq!(segments.torn(1), Torn { head: 1, tail: 0 });
    }

    #[test]
    fn an_answer_between_two_segments_is_no_cut() {
        let answer = WireEvent {
            event: "receive".into(),
            actor: "S".into(),
            ..sent("OK")
        };
        let segments = Segments::of(&[sent("a\\n"), answer, sent("b\\n")]);
        assert_eq!(segments.cut_before(2), None);
    }

    #[test]
    fn datagrams_are_not_cut() {
        let datagram = |text: &str| WireEvent {
            known_by: None,
            ..sent(text)
        };
        let segments = Segments::of(&[datagram("a"), datagram("b")]);
        assert_eq!(segments.cut_before(1), None);
    }

    #[test]
    fn a_character_may_be_cut_more_than_once() {
        let events: Vec<WireEvent> = "🦀"
            .bytes()
            .map(|byte| sent(&format!("\\x{byte:02X}")))
            .collect();
        let segments = Segments::of(&events);
        for (index, torn) in [(0, (0, 1)), (1, (1, 1)), (2, (1, 1)), (3, (1, 0))] {
            assert_eq!(
                segments.torn(index),
                Torn {
                    head: torn.0,
                    tail: torn.1
                },
                "{index}"
            );
        }
        assert_eq!(
            segments.cut_before(2),
            Some(&Cut {
                inside: Some("🦀".into())
            })
        );
    }
}
