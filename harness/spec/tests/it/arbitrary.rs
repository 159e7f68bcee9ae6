//! Strategies for dialogues: whatever the tree can hold, in its normal form.

use std::time::Duration;

use proptest::collection::vec;
use proptest::prelude::*;
use sockspec_spec::dialogue::{
    Act, Actor, Dialogue, Event, Item, Part, Pattern, PatternPiece, Protocol, Segment, Span, Step,
    Stream,
};

/// Any dialogue.
pub fn dialogue() -> impl Strategy<Value = Dialogue> {
    vec(item(), 0..8).prop_map(|items| Dialogue { items })
}

fn item() -> impl Strategy<Value = Item> {
    prop_oneof![
        1 => comment().prop_map(Item::Comment),
        6 => step().prop_map(Item::Step),
        1 => vec(vec(step(), 1..3), 2..4).prop_map(Item::Either),
        1 => vec(step(), 1..4).prop_map(Item::AnyOrder),
    ]
}

/// A comment's text stands raw, so its normal form holds no character that must be escaped.
fn comment() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~é€😀\\t]{0,20}",
        Just(" two spaces, then a \\x41 that stays ".to_owned()),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    (actor(), act()).prop_map(|(actor, act)| Step {
        actor,
        act,
        span: Span::default(),
    })
}

fn actor() -> impl Strategy<Value = Actor> {
    prop_oneof![
        4 => Just(Actor::Client(1)),
        4 => Just(Actor::Server(1)),
        1 => (1u8..).prop_map(Actor::Client),
        1 => (1u8..).prop_map(Actor::Server),
        1 => Just(Actor::Program(Stream::In)),
        1 => Just(Actor::Program(Stream::Out)),
        1 => Just(Actor::Program(Stream::Err)),
    ]
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        vec(segment(), 1..4).prop_map(Act::Line),
        vec(segment(), 1..4).prop_map(Act::Bytes),
        pattern().prop_map(Act::Pattern),
        event().prop_map(Act::Event),
    ]
}

/// Bytes of every kind: all values, the notation's own characters, and text that is hard to show.
pub fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        vec(any::<u8>(), 1..12),
        "[ |{}/\\\\#:x0n]{1,10}".prop_map(String::into_bytes),
        "[a-zé€😀\u{301}\u{202E}\u{2028}\u{FEFF}\u{200D} ]{1,10}".prop_map(String::into_bytes),
        any::<String>()
            .prop_filter("a literal is not empty", |text| !text.is_empty())
            .prop_map(String::into_bytes),
    ]
}

fn name() -> impl Strategy<Value = String> {
    "[A-Za-z][A-Za-z0-9_-]{0,6}".prop_filter("`repeat` is reserved", |name| name != "repeat")
}

fn segment() -> impl Strategy<Value = Segment> {
    vec(
        prop_oneof![
            3 => bytes().prop_map(Part::Literal),
            1 => name().prop_map(Part::Value),
            1 => (1u32..1000, bytes()).prop_map(|(count, bytes)| Part::Repeat { count, bytes }),
            1 => any::<String>().prop_map(Part::File),
            1 => any::<String>().prop_map(Part::Size),
        ],
        0..5,
    )
    .prop_map(|parts| {
        let mut joined: Vec<Part> = Vec::new();
        for part in parts {
            match (joined.last_mut(), part) {
                (Some(Part::Literal(before)), Part::Literal(bytes)) => before.extend(bytes),
                (_, part) => joined.push(part),
            }
        }
        Segment(joined)
    })
}

fn pattern() -> impl Strategy<Value = Pattern> {
    vec(
        prop_oneof![
            3 => bytes().prop_map(PatternPiece::Literal),
            2 => (name(), proptest::option::of(any::<String>()))
                .prop_map(|(name, argument)| PatternPiece::Name { name, argument }),
            1 => regex().prop_map(PatternPiece::Regex),
        ],
        0..5,
    )
    .prop_map(|pieces| {
        let mut joined: Vec<PatternPiece> = Vec::new();
        for piece in pieces {
            match (joined.last_mut(), piece) {
                (Some(PatternPiece::Literal(before)), PatternPiece::Literal(bytes)) => {
                    before.extend(bytes);
                }
                (_, piece) => joined.push(piece),
            }
        }
        Pattern(joined)
    })
}

/// A regex need not be right for the notation; a slash has no backslash in its normal form.
fn regex() -> impl Strategy<Value = String> {
    vec(
        prop_oneof!["[ -.0-\\[\\]-~é]", "\\\\[ -.0-~]", Just("/".to_owned())],
        1..8,
    )
    .prop_map(|tokens| tokens.concat())
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        Just(Event::Open),
        Just(Event::Fin),
        Just(Event::Reset),
        Just(Event::Close),
        Just(Event::Stall),
        Just(Event::Resume),
        (1u64..=60_000).prop_map(|ms| Event::Wait(Duration::from_millis(ms))),
        Just(Event::Silence),
        Just(Event::Read),
        Just(Event::Bound(Protocol::Tcp)),
        Just(Event::Bound(Protocol::Udp)),
    ]
}
