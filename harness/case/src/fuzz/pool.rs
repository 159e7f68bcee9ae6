//! What can be said to a target, taken from its spec.

use std::sync::Arc;

use sockspec_spec::Spec;
use sockspec_spec::dialogue::{Act, Actor, Dialogue, Event, Item, Step};
use sockspec_spec::model::{Body, Case, Needs, Transport};

use super::passage::{self, Ask, Passage, bytes};
use super::{End, FuzzCase, Manner, Spoken};

/// Longest message of the spec that an abrupt end is made of, in bytes.
const MAX_MATERIAL: usize = 4096;
/// How many rows of a case give messages that an abrupt end is made of.
const MATERIAL_ROWS: usize = 4;

/// Dialogues that may be asked at any time, and what shows that a target lives.
#[derive(Clone, Debug)]
pub struct Pool {
    pub(super) spec: Arc<Spec>,
    /// The server's first words, where they are part of the protocol.
    pub(super) opening: Vec<Item>,
    pub(super) passages: Vec<Passage>,
    /// A dialogue on a fresh connection, whose answer is known.
    pub(super) fresh: Vec<Item>,
    /// Messages of clients.
    pub(super) material: Vec<Vec<u8>>,
}

impl Pool {
    /// What the spec's fixed dialogues of one client can say; `None` where nothing in it shows whether a
    /// target lives.
    ///
    /// The control's questions are taken one by one, as the sentinel of a grade is; other dialogues
    /// whole from their beginning, for what they ask may depend on what they have asked.
    pub fn new(spec: &Arc<Spec>) -> Option<Self> {
        let mut opening = None;
        let mut passages = Vec::new();
        for (at, case) in spec.server_cases() {
            let Some((first, exchanges)) = parts(spec, case) else {
                continue;
            };
            // One connection has one opening: a case with another is left to the grade.
            if *opening.get_or_insert_with(|| first.clone()) != first {
                continue;
            }
            let whole = Passage::new(at, case, exchanges);
            if case.id == spec.control && whole.is_known() {
                let one_by_one = whole.exchanges.iter().cloned();
                passages.extend(one_by_one.map(|exchange| Passage::new(at, case, vec![exchange])));
            } else {
                passages.push(whole);
            }
        }
        let opening = opening.unwrap_or_else(|| first_words(spec));
        let fresh = fresh(spec, &opening)?;
        Some(Pool {
            spec: Arc::clone(spec),
            opening,
            passages,
            fresh,
            material: material(spec),
        })
    }

    /// Which of a dialogue's bytes come from its random text.
    pub(super) fn text_bytes(&self, spoken: &Spoken) -> Vec<bool> {
        self.passages[spoken.passage].text_bytes(spoken)
    }

    /// The same choices, without what this manner does not allow.
    pub(super) fn settled(&self, manner: Manner, mut case: FuzzCase) -> FuzzCase {
        let passages = || case.spoken.iter().map(|one| &self.passages[one.passage]);
        let joins = |one: &Passage| match manner.connects {
            true => one.is_known() && !one.may_be_silent(),
            false => one.is_known() && one.is_exact(),
        };
        case.pipelined &= manner.pipelines && passages().all(joins);
        for spoken in &mut case.spoken {
            if !manner.cuts || !self.passages[spoken.passage].is_known() {
                spoken.cuts.clear();
            }
        }
        if case.end == Some(End::HalfClose) && (!case.pipelined || !manner.connects) {
            case.end = None;
        }
        self.tidied(case)
    }

    /// The same without what has no effect: cuts that part nothing, and one question asked at once.
    pub(super) fn tidied(&self, mut case: FuzzCase) -> FuzzCase {
        let asks = |one: &Spoken| -> usize {
            let exchanges = &self.passages[one.passage].exchanges;
            let taken = exchanges.iter().take(one.exchanges);
            taken.map(|exchange| exchange.asks.len()).sum()
        };
        let asked: usize = case.spoken.iter().map(asks).sum();
        case.pipelined &= asked > 1 || (asked == 1 && case.end == Some(End::HalfClose));
        let pipelined = case.pipelined;
        for (at, spoken) in case.spoken.iter_mut().enumerate() {
            if spoken.cuts.is_empty() {
                continue;
            }
            let from = usize::from(at == 0 || !pipelined);
            let inside = from..self.sent(spoken).len();
            spoken.cuts.retain(|cut| inside.contains(cut));
        }
        case
    }
}

/// A case's opening and exchanges, where it may be asked at any time.
fn parts(spec: &Spec, case: &Case) -> Option<(Vec<Item>, Vec<passage::Exchange>)> {
    let Body::Dialogue(dialogue) = &case.body else {
        return None;
    };
    // Datagrams share nothing; else the case says whether it shares its connection.
    let may = case.packable || spec.transport == Transport::Udp;
    (may && case.needs == Needs::Address)
        .then(|| passage::exchanges(dialogue))
        .flatten()
}

/// What the server says first, from the first dialogue that begins so.
fn first_words(spec: &Spec) -> Vec<Item> {
    let words = |case: &Case| {
        let Body::Dialogue(dialogue) = &case.body else {
            return None;
        };
        let is_first = |item: &&Item| match item {
            Item::Comment(_) => true,
            Item::Step(step) => step.actor == Actor::Server(1) && step.is_message(),
            Item::Either(_) | Item::AnyOrder(_) => false,
        };
        let items = dialogue.items.iter().take_while(is_first);
        let words: Vec<Item> = items
            .filter(|item| matches!(item, Item::Step(_)))
            .cloned()
            .collect();
        let is_plain = passage::captures(dialogue).is_empty() && case.rows.is_empty();
        (is_plain && !words.is_empty()).then_some(words)
    };
    match spec.server_first {
        true => spec.cases.iter().find_map(words).unwrap_or_default(),
        false => Vec::new(),
    }
}

/// What shows that a fresh client is served: the control's first exchange, or all of it where it is no
/// exchange, or the server's first words where the control is a script.
fn fresh(spec: &Spec, opening: &[Item]) -> Option<Vec<Item>> {
    let control = spec.control_case()?;
    if let Some((first, mut exchanges)) = parts(spec, control) {
        exchanges.truncate(1);
        let said = Passage::new(0, control, exchanges).said(&Spoken::new(0, 0), 0, spec);
        if let (Some(exchange), true) = (said.exchanges.into_iter().next(), said.columns.is_empty())
        {
            let asks = exchange.asks.iter().map(|ask| Item::Step(ask.step()));
            return Some(
                first
                    .into_iter()
                    .chain(asks)
                    .chain(exchange.answers)
                    .collect(),
            );
        }
    }
    let whole = match &control.body {
        Body::Dialogue(dialogue) if is_short(dialogue) && control.rows.is_empty() => {
            dialogue.items.clone()
        }
        _ => opening.to_vec(),
    };
    (!whole.is_empty()).then_some(whole)
}

/// Whether a dialogue of one client takes no time.
fn is_short(dialogue: &Dialogue) -> bool {
    let waits = |step: &Step| matches!(step.act, Act::Event(Event::Wait(_) | Event::Stall));
    dialogue.connections() == [1] && !dialogue.steps().any(waits)
}

/// What clients say in the spec, the ends of lines written out.
fn material(spec: &Arc<Spec>) -> Vec<Vec<u8>> {
    let mut material = Vec::new();
    for (at, case) in spec.server_cases() {
        let Body::Dialogue(dialogue) = &case.body else {
            continue;
        };
        let messages: Vec<Ask> = dialogue.steps().filter_map(Ask::of_client).collect();
        let exchange = passage::Exchange {
            asks: messages,
            answers: Vec::new(),
        };
        let passage = Passage::new(at, case, vec![exchange]);
        for row in 0..passage.rows.len().min(MATERIAL_ROWS) {
            let said = passage.said(&Spoken::new(0, row), 0, spec);
            let asks = said.exchanges.iter().flat_map(|exchange| &exchange.asks);
            let short =
                asks.filter(|ask| ask.length().is_some_and(|length| length <= MAX_MATERIAL));
            material.extend(short.map(|ask| bytes(&ask.written_out())));
        }
    }
    material.sort();
    material.dedup();
    material
}
