//! What law 7 asks of every exercise of datagrams: each question of a script is asked again over a
//! network that loses, doubles and reorders, and by many clients, some of which leave without a word.
//!
//! A server that answers each datagram on its own passes all of it, whatever was lost before: the
//! harness asks again as a client does whose patience has ended, and knows of every question whether
//! it must get its answer.

use std::sync::Arc;

use sockspec_spec::model::{Framing, Law};

use super::{Family, Ground};
use crate::expect::Expectation;
use crate::loss::{self, ATTEMPTS, Direction, Fate, Mask, Network, Until};
use crate::pattern::Captures;
use crate::plan::{Effort, Options, PlannedCase};
use crate::play::{Deed, Ending, Payload, Play, Step, Steps};
use crate::seed;

/// Larger datagrams than these are sent in several packets, and more than a few of them fill the
/// buffer of a socket: what a network does to one is tried with smaller ones. In bytes.
const MAX_BYTES: usize = 1472;
/// How many questions a dialogue over a bad network has.
const BURST_EXCHANGES: usize = 8;
/// How many clients ask, and how many of them before an answer is awaited: what is not read yet must
/// fit the buffer of a server's socket, and a server that takes its time for each answer is right.
const CLIENTS: u8 = 50;
const CLIENTS_AT_ONCE: usize = 5;
/// How many datagrams are sent without reading an answer.
const UNREAD_DATAGRAMS: usize = 100;

/// A question and its answer.
type Exchange = (Payload, Expectation);

/// A play and what is asked in it.
type Row<'p> = (&'p Play, Vec<Exchange>);

/// The variants of a case of datagrams.
pub(super) fn variants(ground: &Ground<'_>) -> Vec<PlannedCase> {
    let Ground {
        spec,
        case,
        base,
        sentinel,
        options,
        ..
    } = *ground;
    if spec.framing != Framing::Datagram {
        return Vec::new();
    }
    let plain: Vec<Row<'_>> = base
        .plays
        .iter()
        .filter_map(|play| Some((play, exchanges(play)?)))
        .collect();
    let is_control = case.id == spec.control;
    let mut families = Vec::new();
    if case.derive.loss {
        families.extend([
            (LOSS, lossy(&plain, sentinel, is_control, options.effort)),
            (DOUBLED, doubled(&plain, sentinel)),
            (REORDERED, reordered(&plain, sentinel)),
            (BURSTS, in_bursts(&plain, sentinel, &base.id, options)),
        ]);
    }
    if let (true, Some((play, asked))) = (case.derive.clients && is_control, plain.first()) {
        families.extend([
            (MANY_CLIENTS, vec![many_clients(play, asked)]),
            (ABANDONED, vec![abandoned(play, asked)]),
            (UNREAD, vec![unread(play, asked, options.effort)]),
        ]);
    }
    let cases = families.into_iter();
    cases
        .filter_map(|(family, plays)| family.of(base, plays))
        .collect()
}

/// A family of level 4.
const fn family(name: &'static str, fr: &'static str, en: &'static str, law: Law) -> Family {
    Family {
        name,
        fr,
        en,
        level: 4,
        law,
        cause: None,
        serving: None,
    }
}

const LOSS: Family = family(
    "loss",
    "des datagrammes se perdent, le client redemande",
    "datagrams are lost, the client asks again",
    Law::Datagrams,
);
const DOUBLED: Family = family(
    "doubled",
    "chaque demande arrive deux fois, et reçoit deux réponses",
    "each request arrives twice, and gets two answers",
    Law::Datagrams,
);
const REORDERED: Family = family(
    "reordered",
    "deux demandes arrivent dans l'autre ordre",
    "two requests arrive in the other order",
    Law::Datagrams,
);
const BURSTS: Family = family(
    "bursts",
    "les datagrammes se perdent par rafales",
    "datagrams are lost in bursts",
    Law::Datagrams,
);
const MANY_CLIENTS: Family = family(
    "many-clients",
    "cinquante clients demandent à tour de rôle",
    "fifty clients ask by turns",
    Law::Isolation,
);
const ABANDONED: Family = family(
    "abandoned",
    "cinquante clients demandent et disparaissent",
    "fifty clients ask and vanish",
    Law::Survival,
);
const UNREAD: Family = family(
    "unread",
    "un client envoie beaucoup sans rien lire, le suivant est servi",
    "one client sends much and reads nothing, the next is served",
    Law::Survival,
);

/// The questions of a play with their answers; `None` where something else happens too, where an
/// answer decides what comes after it, or where a datagram is large.
fn exchanges(play: &Play) -> Option<Vec<Exchange>> {
    let Steps::Fixed(steps) = &play.steps else {
        return None;
    };
    let (pairs, rest) = steps.as_chunks::<2>();
    if pairs.is_empty() || !rest.is_empty() {
        return None;
    }
    let exchange = |pair: &[Step; 2]| match pair {
        [Step::Send(1, payloads), Step::Expect(1, answer)] => match &payloads[..] {
            [one] if one.is_constant() && !answer.needs_captures() => {
                let length = one.bytes(&Captures::new()).len();
                (length <= MAX_BYTES).then(|| (one.clone(), answer.clone()))
            }
            _ => None,
        },
        _ => None,
    };
    pairs.iter().map(exchange).collect()
}

fn ask(connection: u8, (question, _): &Exchange) -> Step {
    Step::Send(connection, vec![question.clone()])
}

fn await_answer(connection: u8, (_, answer): &Exchange) -> Step {
    Step::Expect(connection, answer.clone())
}

fn asked_in_turn(exchanges: &[Exchange]) -> Vec<Step> {
    exchanges
        .iter()
        .flat_map(|one| [ask(1, one), await_answer(1, one)])
        .collect()
}

/// A play of these steps over this network.
fn over(play: &Play, steps: Vec<Step>, network: Network, label: &str) -> Play {
    Play {
        label: format!("{} {label}", play.label).trim().to_owned(),
        steps: Steps::Fixed(steps.into()),
        ending: Ending::Leave,
        network: Some(Arc::new(network)),
        ..play.clone()
    }
}

/// The questions of a play, asked in turn over a network that loses what `mask` says, and then one
/// question over a network that has recovered.
fn behind(play: &Play, exchanges: &[Exchange], sentinel: &[Step], mask: Mask) -> Play {
    let mut steps = asked_in_turn(exchanges);
    steps.extend_from_slice(sentinel);
    let label = mask.to_string();
    let network = Network {
        mask,
        attempts: ATTEMPTS,
        ..Network::default()
    };
    over(play, steps, network, &label)
}

/// Every way to lose some of the first datagrams, spread over the rows of the case.
fn lossy(plain: &[Row<'_>], sentinel: &[Step], is_control: bool, effort: Effort) -> Vec<Play> {
    let first = match effort {
        Effort::Quick => 3,
        Effort::Normal if !is_control => 4,
        Effort::Normal | Effort::Deep => 6,
    };
    let longest = plain.iter().map(|(_, exchanges)| exchanges.len()).max();
    let masks = loss::every_loss(first, longest.unwrap_or(0), ATTEMPTS);
    let count = masks.len().max(plain.len());
    let tried = masks.iter().cycle().zip(plain.iter().cycle()).take(count);
    tried
        .map(|(mask, (play, exchanges))| {
            let (sent, answered) = loss::datagrams(mask, exchanges.len(), ATTEMPTS);
            let mask = mask.clone().cut_off(sent, answered);
            behind(play, exchanges, sentinel, mask)
        })
        .collect()
}

/// Losses drawn at random, several in a row.
fn in_bursts(plain: &[Row<'_>], sentinel: &[Step], id: &str, options: &Options) -> Vec<Play> {
    let count = match options.effort {
        Effort::Quick => 4,
        Effort::Normal => 12,
        Effort::Deep => 200,
    };
    let mut chance = seed::rng(options.seed, &format!("{id}@bursts"));
    let rows = plain
        .iter()
        .cycle()
        .take(if plain.is_empty() { 0 } else { count });
    rows.map(|(play, exchanges)| {
        let many = exchanges
            .iter()
            .cycle()
            .take(BURST_EXCHANGES.max(exchanges.len()));
        let many: Vec<Exchange> = many.cloned().collect();
        let mask = loss::drawn(loss::BURSTS, many.len(), ATTEMPTS, &mut chance);
        behind(play, &many, sentinel, mask)
    })
    .collect()
}

/// Each question twice, two answers.
fn doubled(plain: &[Row<'_>], sentinel: &[Step]) -> Vec<Play> {
    plain
        .iter()
        .map(|(play, exchanges)| {
            let twice = exchanges
                .iter()
                .flat_map(|one| [ask(1, one), await_answer(1, one), await_answer(1, one)]);
            let steps = twice.chain(sentinel.iter().cloned()).collect();
            let network = Network {
                mask: Mask::new(vec![Fate::Dup(1); exchanges.len()], Vec::new()),
                ..Network::default()
            };
            let label = network.mask.to_string();
            over(play, steps, network, &label)
        })
        .collect()
}

/// Two questions in the other order. Their answers may come in any: a server may answer each datagram
/// in a thread of its own.
fn reordered(plain: &[Row<'_>], sentinel: &[Step]) -> Vec<Play> {
    plain
        .iter()
        .filter_map(|(play, exchanges)| {
            let mut all = exchanges.clone();
            if let ([Step::Send(_, question), Step::Expect(_, answer)], 1) =
                (sentinel, all.len() % 2)
            {
                all.push((question.first()?.clone(), answer.clone()));
            }
            let (pairs, _) = all.as_chunks::<2>();
            if pairs.is_empty() {
                return None;
            }
            let mut mask = Mask::default();
            let mut steps = Vec::new();
            for (at, pair) in (0..).zip(pairs) {
                let until = Until {
                    direction: Direction::ToServer,
                    seq: 2 * at + 1,
                };
                mask.set(Direction::ToServer, 2 * at, Fate::Hold(until));
                steps.extend([ask(1, &pair[0]), ask(1, &pair[1])]);
                steps.push(Step::AnyOrder(
                    pair.iter().map(|one| await_answer(1, one)).collect(),
                ));
            }
            steps.extend_from_slice(sentinel);
            let label = mask.to_string();
            let network = Network {
                mask,
                ..Network::default()
            };
            Some(over(play, steps, network, &label))
        })
        .collect()
}

/// Many clients, each from an address of its own, ask twice: in turn, and then the last one first.
fn many_clients(play: &Play, exchanges: &[Exchange]) -> Play {
    let mut steps = Vec::new();
    let mut turn: Vec<u8> = (1..=CLIENTS).collect();
    // What a neighbour asked in the first round is no answer in the second, where questions are enough.
    for round in [0, if exchanges.len() > 2 { 2 } else { 1 }] {
        let question = |client: u8| &exchanges[(usize::from(client) + round) % exchanges.len()];
        for clients in turn.chunks(CLIENTS_AT_ONCE) {
            steps.extend(clients.iter().map(|client| ask(*client, question(*client))));
            let answers = clients.iter();
            steps.extend(answers.map(|client| await_answer(*client, question(*client))));
        }
        turn.reverse();
    }
    let network = Network {
        spread: true,
        ..Network::default()
    };
    over(play, steps, network, "")
}

/// Clients that ask and are gone before the answer comes, and one among them that stays.
fn abandoned(play: &Play, exchanges: &[Exchange]) -> Play {
    let question = |client: u8| &exchanges[usize::from(client) % exchanges.len()];
    let all: Vec<u8> = (1..=CLIENTS).collect();
    let mut steps = Vec::new();
    for gone in all.chunks(CLIENTS_AT_ONCE) {
        for client in gone {
            steps.extend([
                ask(*client, question(*client)),
                Step::Do(*client, Deed::Close),
            ]);
        }
        let stays = question(gone[0]);
        steps.extend([ask(CLIENTS + 1, stays), await_answer(CLIENTS + 1, stays)]);
    }
    over(play, steps, Network::default(), "")
}

/// One client sends more than anybody reads at once. What the system then drops is nobody's fault: its
/// answers are not looked at, and the next client asks when the server has come to rest.
fn unread(play: &Play, exchanges: &[Exchange], effort: Effort) -> Play {
    let count = match effort {
        Effort::Quick | Effort::Normal => UNREAD_DATAGRAMS,
        Effort::Deep => 50 * UNREAD_DATAGRAMS,
    };
    let questions = exchanges.iter().cycle().take(count);
    let mut steps: Vec<Step> = questions.map(|one| ask(1, one)).collect();
    steps.extend([Step::Drain(1), Step::Do(1, Deed::Close)]);
    for one in exchanges {
        steps.extend([ask(2, one), await_answer(2, one)]);
    }
    over(play, steps, Network::default(), "")
}

/// Exchanges over a network that loses `loss` percent of the datagrams, for a survey: `count` in all.
pub fn survey(play: &Play, loss: u32, count: usize, seed: u64) -> Vec<Play> {
    let Some(exchanges) = exchanges(play) else {
        return Vec::new();
    };
    let mut chance = seed::rng(seed, &format!("survey {loss}"));
    let each: Vec<Exchange> = exchanges
        .into_iter()
        .cycle()
        .take(BURST_EXCHANGES)
        .collect();
    (0..count.div_ceil(BURST_EXCHANGES))
        .map(|_| {
            let model = loss::Model::Bernoulli { loss };
            let mask = loss::drawn(model, each.len(), ATTEMPTS, &mut chance);
            behind(play, &each, &[], mask)
        })
        .collect()
}
