//! A case of the search as a case of a spec.

use std::collections::{BTreeMap, BTreeSet};

use sockspec_spec::dialogue::{Act, Actor, Dialogue, Event, Item, Part, Segment, Step};
use sockspec_spec::model::{Body, Case, Derive, Law, Needs, Serving, Text, Transport, Visibility};

use super::passage::{Ask, Exchange, Said, bytes, client, part_length, push};
use super::{End, FuzzCase, How, Pool, Spoken};

/// The level of what is cut, and of what is broken off.
const CUT_LEVEL: u8 = 2;
const ABUSIVE_LEVEL: u8 = 3;

impl Pool {
    /// The case as a spec would have it. `seed` and `number` are the search's, for the title.
    pub fn case(&self, case: &FuzzCase, seed: u64, number: u64) -> Case {
        let said: Vec<Said> = (case.spoken.iter().enumerate())
            .map(|(at, spoken)| self.passages[spoken.passage].said(spoken, at + 1, &self.spec))
            .collect();
        let dialogue = Dialogue {
            items: self.items(case, &said),
        };
        let row: BTreeMap<String, String> = said.into_iter().flat_map(|one| one.columns).collect();
        let sources = self.sources(case);
        let alone = match &sources[..] {
            [only] => Some(*only),
            _ => None,
        };
        let (law, least_level, clause) = match &case.end {
            Some(End::Break { .. }) => (Law::Survival, ABUSIVE_LEVEL, "law 2, survival"),
            Some(End::HalfClose) => (Law::HalfClose, ABUSIVE_LEVEL, "law 4, half-close"),
            None if self.spec.transport == Transport::Udp && case.pipelined => {
                (Law::Datagrams, CUT_LEVEL, "law 7, datagrams")
            }
            None if case.is_cut() || case.pipelined => {
                (Law::Segmentation, CUT_LEVEL, "law 1, segmentation")
            }
            None => match alone {
                Some(source) => (source.law, source.level, &*source.clause),
                None => (Law::Protocol, 1, "the exercise's protocol"),
            },
        };
        let levels = sources.iter().map(|source| source.level);
        Case {
            id: format!("case-{number}"),
            version: 1,
            level: levels.fold(least_level, u8::max),
            law,
            points: 1,
            clause: clause.to_owned(),
            title: title(&sources, seed, number),
            hint: alone.map(|source| source.hint.clone()).unwrap_or_default(),
            needs: Needs::Address,
            after: Vec::new(),
            visibility: Visibility::Shown,
            derive: Derive::default(),
            packable: dialogue.obstacle_to_sharing().is_none(),
            rows: match row.is_empty() {
                true => Vec::new(),
                false => vec![row],
            },
            corpus: None,
            cause: alone.and_then(|source| source.cause),
            serving: matches!(case.end, Some(End::Break { .. })).then_some(Serving::Iterative),
            servers: Vec::new(),
            body: Body::Dialogue(dialogue),
        }
    }

    /// The dialogue that a fresh client has behind one that was broken off, alone.
    pub fn fresh_case(&self) -> Case {
        let dialogue = Dialogue {
            items: self.fresh.clone(),
        };
        Case {
            packable: dialogue.obstacle_to_sharing().is_none(),
            body: Body::Dialogue(dialogue),
            ..self.case(&FuzzCase::default(), 0, 0)
        }
    }

    /// The cases that the dialogues come from, each once, in the spec's order.
    fn sources(&self, case: &FuzzCase) -> Vec<&Case> {
        let places: BTreeSet<usize> = (case.spoken.iter())
            .map(|one| self.passages[one.passage].case)
            .collect();
        places.into_iter().map(|at| &self.spec.cases[at]).collect()
    }

    /// All that a passage's client sends.
    pub(super) fn sent(&self, spoken: &Spoken) -> Vec<u8> {
        let said = self.passages[spoken.passage].said(spoken, 1, &self.spec);
        let asks = said.exchanges.iter().flat_map(|exchange| &exchange.asks);
        asks.flat_map(|ask| bytes(&ask.written_out())).collect()
    }

    fn items(&self, case: &FuzzCase, said: &[Said]) -> Vec<Item> {
        let mut items = Vec::new();
        if case.hears_opening || !case.spoken.is_empty() {
            items.extend(self.opening.iter().cloned());
        }
        match (case.pipelined, self.spec.transport) {
            (true, Transport::Udp) => items.extend(all_at_once(said)),
            (true, _) => items.extend(in_one_segment(&case.spoken, said, &case.end)),
            (false, _) => {
                for (spoken, said) in case.spoken.iter().zip(said) {
                    one_by_one(spoken, &said.exchanges, &mut items);
                }
            }
        }
        if let Some(End::Break {
            message,
            times,
            how,
        }) = &case.end
        {
            let mut parts = Vec::new();
            if !message.is_empty() {
                repeated(&mut parts, *times, message);
            }
            let is_silent = items.is_empty() && message.is_empty();
            let last = match (is_silent, message.is_empty()) {
                // An empty datagram is a message, too.
                _ if self.spec.transport == Transport::Udp => Some(bytes_of(vec![Segment(parts)])),
                (true, _) => Some(happens(Event::Open)),
                (false, true) => None,
                (false, false) => Some(bytes_of(vec![Segment(parts)])),
            };
            items.extend(last);
            let udp = self.spec.transport == Transport::Udp;
            match how {
                _ if udp => items.push(happens(Event::Close)),
                How::Close => items.push(happens(Event::Close)),
                How::Reset => items.push(happens(Event::Reset)),
                How::FinReset => items.extend([happens(Event::Fin), happens(Event::Reset)]),
            }
            items.extend(self.fresh.iter().map(on_second));
        }
        items
    }
}

fn title(sources: &[&Case], seed: u64, number: u64) -> Text {
    let mut title = Text {
        fr: format!("recherche : graine {seed}, cas {number}"),
        en: format!("search: seed {seed}, case {number}"),
    };
    if !sources.is_empty() {
        let ids: Vec<&str> = sources.iter().map(|source| &*source.id).collect();
        let ids = ids.join(", ");
        title.fr.push_str(&format!(" (tiré de {ids})"));
        title.en.push_str(&format!(" (from {ids})"));
    }
    title
}

fn happens(event: Event) -> Item {
    Item::Step(client(Act::Event(event)))
}

fn bytes_of(segments: Vec<Segment>) -> Item {
    Item::Step(client(Act::Bytes(segments)))
}

/// Each question with its answers, its bytes cut.
fn one_by_one(spoken: &Spoken, exchanges: &[Exchange], items: &mut Vec<Item>) {
    let mut offset = 0;
    for exchange in exchanges {
        for ask in &exchange.asks {
            let length = ask.length().unwrap_or_default();
            let inside = spoken
                .cuts
                .range(offset + 1..(offset + length).max(offset + 1));
            let cuts: BTreeSet<usize> = inside.map(|cut| cut - offset).collect();
            items.push(Item::Step(cut(ask, &cuts)));
            offset += length;
        }
        items.extend(exchange.answers.iter().cloned());
    }
}

/// One question, cut.
fn cut(ask: &Ask, cuts: &BTreeSet<usize>) -> Step {
    if cuts.is_empty() {
        return ask.step();
    }
    let text: Option<usize> = ask.parts.iter().map(part_length).sum();
    // Before the end of the line only bytes can be cut: the notation adds the end to the last segment.
    match ask.is_line && !cuts.iter().any(|cut| Some(*cut) == text) {
        true => client(Act::Line(segments(&ask.parts, cuts))),
        false => client(Act::Bytes(segments(&ask.written_out(), cuts))),
    }
}

/// All questions in one segment but for the cuts, then all answers.
fn in_one_segment(spoken: &[Spoken], said: &[Said], end: &Option<End>) -> Vec<Item> {
    let (mut parts, mut cuts, mut offset) = (Vec::new(), BTreeSet::new(), 0);
    for (spoken, said) in spoken.iter().zip(said) {
        cuts.extend(spoken.cuts.iter().map(|cut| cut + offset));
        for ask in said.exchanges.iter().flat_map(|exchange| &exchange.asks) {
            for part in ask.written_out() {
                offset += part_length(&part).unwrap_or_default();
                push(&mut parts, part);
            }
        }
    }
    cuts.retain(|cut| (1..offset).contains(cut));
    let mut items = vec![bytes_of(segments(&parts, &cuts))];
    if *end == Some(End::HalfClose) {
        items.push(happens(Event::Fin));
    }
    items.extend(answers(said).cloned());
    items
}

/// All datagrams, then their answers in whatever order they come.
fn all_at_once(said: &[Said]) -> Vec<Item> {
    let exchanges = said.iter().flat_map(|one| &one.exchanges);
    let asks = exchanges.flat_map(|exchange| &exchange.asks);
    let mut items: Vec<Item> = asks.map(|ask| Item::Step(ask.step())).collect();
    let steps: Vec<Step> = answers(said).flat_map(Item::steps).cloned().collect();
    items.push(Item::AnyOrder(steps));
    items
}

fn answers(said: &[Said]) -> impl Iterator<Item = &Item> {
    let exchanges = said.iter().flat_map(|one| &one.exchanges);
    exchanges.flat_map(|exchange| &exchange.answers)
}

/// The parts, cut before each of these bytes.
fn segments(parts: &[Part], cuts: &BTreeSet<usize>) -> Vec<Segment> {
    let (mut segments, mut current, mut offset) = (Vec::new(), Vec::new(), 0);
    for part in parts {
        let length = part_length(part).unwrap_or_default();
        let mut rest = vec![part.clone()];
        let mut start = offset;
        for at in cuts.range(offset..offset + length) {
            let (before, after) = split(&rest, at - start);
            before.into_iter().for_each(|one| push(&mut current, one));
            if !current.is_empty() {
                segments.push(Segment(std::mem::take(&mut current)));
            }
            (rest, start) = (after, *at);
        }
        rest.into_iter().for_each(|one| push(&mut current, one));
        offset += length;
    }
    segments.push(Segment(current));
    segments
}

/// The first `at` bytes of parts, and the others.
fn split(parts: &[Part], at: usize) -> (Vec<Part>, Vec<Part>) {
    let (mut before, mut after, mut left) = (Vec::new(), Vec::new(), at);
    for part in parts {
        let length = part_length(part).unwrap_or_default();
        let taken = left.min(length);
        left -= taken;
        match part {
            Part::Literal(bytes) => {
                push(&mut before, Part::Literal(bytes[..taken].to_vec()));
                push(&mut after, Part::Literal(bytes[taken..].to_vec()));
            }
            Part::Repeat { count, bytes } => {
                let (whole, inside) = (taken / bytes.len().max(1), taken % bytes.len().max(1));
                // Both fit: neither is more than the count.
                let whole = u32::try_from(whole).unwrap_or(*count);
                let broken = u32::from(inside > 0);
                repeated(&mut before, whole, bytes);
                push(&mut before, Part::Literal(bytes[..inside].to_vec()));
                let end = if inside > 0 { &bytes[inside..] } else { &[] };
                push(&mut after, Part::Literal(end.to_vec()));
                repeated(&mut after, count.saturating_sub(whole + broken), bytes);
            }
            Part::Value(_) | Part::File(_) | Part::Size(_) => before.push(part.clone()),
        }
    }
    (before, after)
}

fn repeated(parts: &mut Vec<Part>, count: u32, bytes: &[u8]) {
    match count {
        0 => {}
        1 => push(parts, Part::Literal(bytes.to_vec())),
        _ => parts.push(Part::Repeat {
            count,
            bytes: bytes.to_vec(),
        }),
    }
}

/// The same for the second client.
fn on_second(item: &Item) -> Item {
    let second = |step: &Step| Step {
        actor: match step.actor {
            Actor::Client(_) => Actor::Client(2),
            Actor::Server(_) => Actor::Server(2),
            program => program,
        },
        ..step.clone()
    };
    let all = |steps: &[Step]| steps.iter().map(second).collect();
    match item {
        Item::Comment(text) => Item::Comment(text.clone()),
        Item::Step(step) => Item::Step(second(step)),
        Item::Either(branches) => Item::Either(branches.iter().map(|one| all(one)).collect()),
        Item::AnyOrder(steps) => Item::AnyOrder(all(steps)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn part() -> impl Strategy<Value = Part> {
        let bytes = || prop::collection::vec(any::<u8>(), 1..5);
        prop_oneof![
            bytes().prop_map(Part::Literal),
            (1u32..5, bytes()).prop_map(|(count, bytes)| Part::Repeat { count, bytes }),
        ]
    }

    proptest! {
        #[test]
        fn cutting_loses_nothing(
            parts in prop::collection::vec(part(), 1..5),
            cuts in prop::collection::btree_set(1usize..40, 0..8),
        ) {
            let all = bytes(&parts);
            let cuts: BTreeSet<usize> = cuts.into_iter().filter(|cut| *cut < all.len()).collect();
            let cut = segments(&parts, &cuts);
            let places: Vec<usize> = cut.iter().scan(0, |offset, Segment(parts)| {
                *offset += bytes(parts).len();
                Some(*offset)
            }).collect();
            let joined: Vec<u8> = cut.iter().flat_map(|Segment(parts)| bytes(parts)).collect();
            prop_assert_eq!(&joined, &all);
            let expected: Vec<usize> = cuts.into_iter().chain([all.len()]).collect();
            prop_assert_eq!(places, expected);
        }
    }
}
