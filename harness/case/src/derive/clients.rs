//! Many clients (law 3): the questions of the control, asked by many at once and by many in turn.
//!
//! Neighbours ask different questions at the same time, so that an answer that goes to another client
//! shows. Connections are made one after another, each served before the next is made: no `listen`
//! backlog overflows, however small.

use std::sync::Arc;

use proptest::prelude::Rng;
use sockspec_spec::cause::Cause;
use sockspec_spec::model::{Framing, Law, Serving, Transport};

use super::segmentation::after_pipelining;
use super::{Family, Ground, on};
use crate::pattern::Captures;
use crate::plan::{Effort, PlannedCase};
use crate::play::{Cut, Deed, Ending, Payload, Play, Step, Steps};
use crate::seed;

/// Clients that come one after another.
const CHURN: u8 = 200;
/// The same at quick effort.
const QUICK_CHURN: u8 = 40;
/// Clients that ask without waiting.
const BUSY_CLIENTS: u8 = 8;
/// How often each of them asks, one play after the other. What two threads share shows only when they meet; a slow
/// target is not asked so often, for the later plays of a case that goes well are left out when it takes long.
const BUSY_QUESTIONS: [usize; 6] = [20, 100, 1000, 1000, 1000, 1000];
/// How many clients come two at a time.
const IN_PAIRS: u8 = 32;
/// More than a connection holds on its way and back, in bytes.
const FULL_BYTES: usize = 16 << 20;

/// A family of clients that are there at once.
const fn at_once(name: &'static str, fr: &'static str, en: &'static str, cause: Cause) -> Family {
    Family {
        name,
        fr,
        en,
        level: 4,
        law: Law::Isolation,
        cause: Some(cause),
        serving: Some(Serving::Parallel),
    }
}

const TWO: Family = at_once(
    "clients-2",
    "deux clients à la fois",
    "two clients at once",
    Cause::SharedState,
);
const SIXTEEN: Family = at_once(
    "clients-16",
    "seize clients à la fois",
    "sixteen clients at once",
    Cause::TooFewClients,
);
const SIXTY_FOUR: Family = at_once(
    "clients-64",
    "soixante-quatre clients à la fois",
    "sixty-four clients at once",
    Cause::TooFewClients,
);
const BUSY: Family = at_once(
    "busy",
    "huit clients qui demandent sans attendre",
    "eight clients that ask without waiting",
    Cause::SharedState,
);
const PAIRS: Family = at_once(
    "pairs",
    "des clients qui arrivent par deux",
    "clients that come two at a time",
    Cause::SharedState,
);
const LEAVERS: Family = at_once(
    "leavers",
    "à côté de clients qui partent",
    "beside clients that leave",
    Cause::SharedState,
);
const IDLE: Family = at_once(
    "idle-neighbour",
    "à côté d'un client qui se tait",
    "beside a client that is silent",
    Cause::TooFewClients,
);
const NEVER_READS: Family = at_once(
    "never-reads",
    "à côté d'un client qui envoie sans jamais lire",
    "beside a client that sends and never reads",
    Cause::OneClientAtATime,
);
const IN_TURN: Family = Family {
    name: "churn",
    fr: "beaucoup de clients, l'un après l'autre",
    en: "many clients, one after another",
    level: 4,
    law: Law::Survival,
    cause: None,
    serving: Some(Serving::Iterative),
};

/// A question and what answers it: at least one expectation.
struct Exchange {
    question: Step,
    answer: Vec<Step>,
}

impl Exchange {
    /// The exchange on a connection.
    fn on(&self, client: u8) -> impl Iterator<Item = Step> {
        self.asked(client).chain(self.answered(client))
    }

    fn asked(&self, client: u8) -> impl Iterator<Item = Step> {
        std::iter::once(on(&self.question, client))
    }

    /// What is asked.
    fn bytes(&self) -> Vec<u8> {
        match &self.question {
            Step::Send(_, payloads) => (payloads.iter())
                .flat_map(|one| one.bytes(&Captures::new()))
                .collect(),
            _ => Vec::new(),
        }
    }

    fn answered(&self, client: u8) -> impl Iterator<Item = Step> {
        self.answer.iter().map(move |step| on(step, client))
    }
}

/// The families made from the control case; none from any other.
pub(super) fn variants(ground: &Ground<'_>) -> Vec<PlannedCase> {
    let Ground {
        spec,
        case,
        base,
        options,
        ..
    } = *ground;
    let Some(play) = base.plays.first() else {
        return Vec::new();
    };
    let applies =
        case.derive.clients && case.id == spec.control && spec.transport != Transport::Udp;
    let exchanges = exchanges(play);
    if !applies || exchanges.is_empty() {
        return Vec::new();
    }
    let as_play = |steps: Vec<Step>| Play {
        steps: Steps::Fixed(Arc::from(steps)),
        cut: Cut::Whole,
        ending: Ending::Leave,
        ..play.clone()
    };
    let many = |family: &Family, clients: u8| {
        let mut random = seed::rng(options.seed, &format!("{}@{}", base.id, family.name));
        let steps = interleaved(&exchanges, clients, &mut random);
        family.of(base, vec![as_play(steps)])
    };
    let quick = options.effort == Effort::Quick;
    let turns = if quick { QUICK_CHURN } else { CHURN };
    let in_turn = IN_TURN.of(base, vec![as_play(churn(&exchanges, turns))]);
    match spec.serving {
        // Who serves more than the sheet asks is not asked for more still.
        Serving::OneShot => return Vec::new(),
        Serving::Iterative => return in_turn.into_iter().collect(),
        Serving::Parallel => {}
    }
    let crowd = if quick { None } else { many(&SIXTY_FOUR, 64) };
    let busy = (spec.framing == Framing::Lines)
        .then(|| {
            let plays = BUSY_QUESTIONS.map(|questions| as_play(busy(&exchanges, questions)));
            BUSY.of(base, plays.to_vec())
        })
        .flatten()
        .map(after_pipelining);
    // Short answers to short requests take many of them to fill a window.
    let fills = spec.framing == Framing::Bytes && options.effort > Effort::Quick;
    let never_reads = (fills || options.effort == Effort::Deep)
        .then(|| NEVER_READS.of(base, vec![as_play(never_reads(&exchanges))]));
    let families = [
        many(&TWO, 2),
        PAIRS.of(base, vec![as_play(pairs(&exchanges))]),
        IDLE.of(base, vec![as_play(idle_neighbour(&exchanges))]),
        many(&SIXTEEN, 16),
        LEAVERS.of(base, vec![as_play(leavers(&exchanges))]),
        // Behind it: who has no room for eight has none for sixteen, and that says more.
        busy,
        crowd,
        never_reads.flatten(),
        in_turn,
    ];
    families.into_iter().flatten().collect()
}

/// The questions of a play, each with its answer; none where the server speaks first or more happens
/// than asking and answering.
fn exchanges(play: &Play) -> Vec<Exchange> {
    let Steps::Fixed(steps) = &play.steps else {
        return Vec::new();
    };
    let mut exchanges: Vec<Exchange> = Vec::new();
    for step in steps.iter() {
        match (step, exchanges.last_mut()) {
            (Step::Send(1, _), _) => exchanges.push(Exchange {
                question: step.clone(),
                answer: Vec::new(),
            }),
            (Step::Expect(1, _) | Step::Shows(..), Some(last)) => last.answer.push(step.clone()),
            _ => return Vec::new(),
        }
    }
    match exchanges.iter().any(|one| one.answer.is_empty()) {
        true => Vec::new(),
        false => exchanges,
    }
}

/// All clients ask before any answer is read; in each round neighbours ask different questions.
fn interleaved(exchanges: &[Exchange], clients: u8, random: &mut impl Rng) -> Vec<Step> {
    let asked =
        |client: u8, round: usize| &exchanges[(usize::from(client) + round) % exchanges.len()];
    let mut steps: Vec<Step> = (1..=clients)
        .flat_map(|client| asked(client, 0).on(client))
        .collect();
    for round in 1..=exchanges.len().max(2) {
        let order = shuffled(clients, random).into_iter();
        steps.extend(order.flat_map(|client| asked(client, round).asked(client)));
        let order = shuffled(clients, random).into_iter();
        steps.extend(order.flat_map(|client| asked(client, round).answered(client)));
    }
    steps
}

/// The numbers from 1 to `most`, in a random order.
fn shuffled(most: u8, random: &mut impl Rng) -> Vec<u8> {
    let mut order: Vec<u8> = (1..=most).collect();
    for at in (1..order.len()).rev() {
        order.swap(at, random.next_u32() as usize % (at + 1));
    }
    order
}

/// A client that has asked once and says no more, one that has never said anything, and one that is
/// served beside them.
fn idle_neighbour(exchanges: &[Exchange]) -> Vec<Step> {
    let first = &exchanges[0];
    let mut steps: Vec<Step> = first.on(1).collect();
    steps.push(Step::Open(2));
    steps.extend(exchanges.iter().flat_map(|exchange| exchange.on(3)));
    steps.extend(first.on(2));
    steps
}

/// Clients that leave one by one, the oldest first, in each of the ways to leave; those that came after them are
/// served on, and so is who comes next.
fn leavers(exchanges: &[Exchange]) -> Vec<Step> {
    let asked = |client: u8, round: u8| {
        let at = usize::from(client) + usize::from(round);
        exchanges[at % exchanges.len()].on(client)
    };
    let ways = [Deed::Close, Deed::Reset, Deed::Close];
    let mut there: Vec<u8> = (1..=4).collect();
    let mut steps: Vec<Step> = there.iter().flat_map(|client| asked(*client, 0)).collect();
    for (round, way) in (1..).zip(ways) {
        steps.push(Step::Do(there.remove(0), way));
        // The newest first: it is the one that is moved, where clients are kept in a table.
        steps.extend(there.iter().rev().flat_map(|client| asked(*client, round)));
        there.push(4 + round);
        steps.extend(asked(4 + round, round));
    }
    steps
}

/// Clients that ask one question after another, each all of its own in one segment: their answers are made
/// at the same moment, whatever two threads share.
fn busy(exchanges: &[Exchange], questions: usize) -> Vec<Step> {
    let asked = |client: u8| {
        let all = exchanges.iter().cycle().skip(usize::from(client));
        all.take(questions)
    };
    let clients = 1..=BUSY_CLIENTS;
    let served = (clients.clone()).flat_map(|client| exchanges[0].on(client));
    let questions = (clients.clone()).map(|client| {
        let bytes: Vec<u8> = asked(client).flat_map(Exchange::bytes).collect();
        Step::Send(client, vec![Payload::new(bytes)])
    });
    let answers = clients
        .clone()
        .flat_map(|client| asked(client).flat_map(move |one| one.answered(client)));
    served.chain(questions).chain(answers).collect()
}

/// Two clients connect before either is served, ask different questions, are answered and go; then two others.
/// No more than two: the shortest `listen` queue holds them.
fn pairs(exchanges: &[Exchange]) -> Vec<Step> {
    let pair = |first: u8| {
        let both = [first, first + 1];
        let exchange = |client: u8| &exchanges[usize::from(client) % exchanges.len()];
        let opened = both.map(Step::Open).into_iter();
        let asked = both
            .into_iter()
            .flat_map(move |one| exchange(one).asked(one));
        let answered = both
            .into_iter()
            .flat_map(move |one| exchange(one).answered(one));
        let left = both.map(|one| Step::Do(one, Deed::Close));
        opened.chain(asked).chain(answered).chain(left)
    };
    (1..=IN_PAIRS).step_by(2).flat_map(pair).collect()
}

/// A client that asks more than any window holds and never reads, a neighbour that is served
/// meanwhile, and a fresh client after the first has reset.
fn never_reads(exchanges: &[Exchange]) -> Vec<Step> {
    let first = &exchanges[0];
    let once = first.bytes();
    let many = once.repeat(FULL_BYTES.div_ceil(once.len().max(1)));
    let mut steps: Vec<Step> = first.on(2).collect();
    steps.push(Step::Fill(1, Payload::new(many)));
    steps.extend(first.on(2));
    steps.push(Step::Do(1, Deed::Reset));
    steps.extend(first.on(3));
    steps
}

/// Clients that come, ask, are answered and go.
fn churn(exchanges: &[Exchange], clients: u8) -> Vec<Step> {
    (1..=clients)
        .flat_map(|client| {
            let exchange = &exchanges[usize::from(client) % exchanges.len()];
            (exchange.on(client)).chain([Step::Do(client, Deed::Close)])
        })
        .collect()
}
