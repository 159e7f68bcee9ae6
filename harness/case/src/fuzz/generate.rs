//! Draws cases: each from the seed and its own number.

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::collection::{btree_set, vec};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use sockspec_spec::model::{Corpus, Framing, Transport};

use super::{End, FuzzCase, How, Manner, Pool, Spoken, words};
use crate::seed;

/// Most dialogues in one case.
const MAX_PASSAGES: usize = 8;
/// Most cuts drawn at random in one dialogue.
const MAX_CUTS: usize = 6;
/// Longest dialogue of which every byte may be sent on its own, in bytes.
const MAX_BYTEWISE: usize = 200;
/// Usual sizes of buffers, in bytes.
const BUFFERS: [usize; 8] = [128, 256, 512, 1000, 1024, 2048, 4096, 8192];
/// Most pieces of a random text in a stream, in a datagram (which stays below 1,472 bytes), and where one
/// `recv` is a message.
const MAX_PIECES: usize = 600;
const MAX_DATAGRAM_PIECES: usize = 160;
const MAX_RECV_PIECES: usize = 40;
/// Longest garbage, in bytes.
const MAX_GARBAGE: usize = 48;
/// How much a client asks before it is gone, at most, in bytes.
const MAX_WORK: usize = 256 << 10;
/// Most datagrams under way at once, in bytes: what any system's buffer holds.
const MAX_UNDER_WAY: usize = 16 << 10;

/// Draws the cases of one search.
#[derive(Debug)]
pub struct Generator {
    pool: Arc<Pool>,
    manner: Manner,
    seed: u64,
    cases: BoxedStrategy<FuzzCase>,
}

impl Generator {
    /// A generator of what this manner allows.
    pub fn new(pool: Arc<Pool>, manner: Manner, seed: u64) -> Self {
        let cases = cases(&pool, manner);
        Generator {
            pool,
            manner,
            seed,
            cases,
        }
    }

    /// Case `number`: the same whatever was drawn before.
    pub fn draw(&self, number: u64) -> FuzzCase {
        let random = seed::rng(self.seed, &format!("fuzz {number}"));
        let mut runner = TestRunner::new_with_rng(Config::default(), random);
        // No strategy below filters, so none can give up.
        let drawn = self.cases.new_tree(&mut runner);
        let case = drawn.map(|tree| tree.current()).unwrap_or_default();
        self.pool.settled(self.manner, case)
    }
}

/// Cases of every kind.
fn cases(pool: &Arc<Pool>, manner: Manner) -> BoxedStrategy<FuzzCase> {
    let spoken = match pool.passages.is_empty() {
        true => Just(Vec::new()).boxed(),
        false => prop_oneof![
            3 => vec(spoken(pool), 1..=2),
            3 => vec(spoken(pool), 1..=MAX_PASSAGES),
            1 => vec(spoken(pool), 0..=1),
        ]
        .boxed(),
    };
    let end = prop_oneof![
        5 => Just(None),
        1 => Just(Some(End::HalfClose)),
        2 => broken_off(pool).prop_map(Some),
    ];
    let skeleton = (any::<bool>(), spoken, any::<bool>(), end);
    let pool = Arc::clone(pool);
    skeleton
        .prop_flat_map(move |(hears_opening, spoken, pipelined, end)| {
            // Who says nothing has nothing to wait for: what is left is to leave.
            let end = match spoken.is_empty() {
                true => broken_off(&pool).prop_map(Some).boxed(),
                false => Just(end).boxed(),
            };
            let sent: Vec<Vec<u8>> = spoken.iter().map(|one| pool.sent(one)).collect();
            let fits = manner.connects || sent.concat().len() <= MAX_UNDER_WAY;
            let cuts: Vec<_> = sent.iter().map(|bytes| cuts(bytes)).collect();
            (Just(spoken), cuts, end).prop_map(move |(mut spoken, cuts, end)| {
                for (one, cuts) in spoken.iter_mut().zip(cuts) {
                    one.cuts = cuts;
                }
                FuzzCase {
                    hears_opening,
                    spoken,
                    pipelined: (pipelined || end == Some(End::HalfClose)) && fits,
                    end,
                }
            })
        })
        .boxed()
}

/// A dialogue of the pool, whole or its beginning, with a text of its own where it has one.
fn spoken(pool: &Arc<Pool>) -> BoxedStrategy<Spoken> {
    let most = match pool.spec.framing {
        Framing::Lines | Framing::Bytes => MAX_PIECES,
        Framing::Datagram => MAX_DATAGRAM_PIECES,
        Framing::Recv => MAX_RECV_PIECES,
    };
    let pool = Arc::clone(pool);
    (0..pool.passages.len())
        .prop_flat_map(move |passage| {
            let one = &pool.passages[passage];
            let text = match one.corpus {
                None => Just(None).boxed(),
                Some(Corpus::Valid) => words::valid(most).prop_map(Some).boxed(),
                Some(Corpus::Invalid) => words::invalid(most).prop_map(Some).boxed(),
            };
            (
                Just(passage),
                1..=one.exchanges.len(),
                0..one.rows.len(),
                text,
            )
        })
        .prop_map(|(passage, exchanges, row, text)| Spoken {
            passage,
            exchanges,
            row,
            text,
            cuts: BTreeSet::new(),
        })
        .boxed()
}

/// Where a stream is cut: nowhere, at one place, at a few, in every character, around line ends, or
/// everywhere; and whether it is cut from what stands before it.
fn cuts(bytes: &[u8]) -> BoxedStrategy<BTreeSet<usize>> {
    let none = || Just(BTreeSet::new()).boxed();
    if bytes.len() < 2 {
        return none();
    }
    let is_continuation = |byte: u8| byte & 0b1100_0000 == 0b1000_0000;
    let at = |wanted: &dyn Fn(usize) -> bool| -> Vec<usize> {
        (1..bytes.len()).filter(|at| wanted(*at)).collect()
    };
    let in_characters = at(&|at| is_continuation(bytes[at]));
    let at_ends = at(&|at| bytes[at] == b'\n' || bytes[at - 1] == b'\n');
    let some_of = |places: Vec<usize>| match places.is_empty() {
        true => none(),
        false => {
            let most = places.len().min(MAX_CUTS);
            vec(select(places), 1..=most)
                .prop_map(BTreeSet::from_iter)
                .boxed()
        }
    };
    let most = (bytes.len() - 1).min(MAX_CUTS);
    let everywhere = match bytes.len() <= MAX_BYTEWISE {
        true => Just((1..bytes.len()).collect()).boxed(),
        false => some_of(at(&|at| BUFFERS.contains(&at))),
    };
    let inside = prop_oneof![
        3 => none(),
        4 => btree_set(1..bytes.len(), 1..=1),
        3 => btree_set(1..bytes.len(), 1..=most),
        2 => some_of(in_characters),
        1 => some_of(at_ends),
        1 => everywhere,
    ];
    (inside, any::<bool>())
        .prop_map(|(mut cuts, from_before)| {
            cuts.extend(from_before.then_some(0));
            cuts
        })
        .boxed()
}

/// A client that says something nobody answers for it, and is gone.
fn broken_off(pool: &Arc<Pool>) -> BoxedStrategy<End> {
    let garbage = vec(any::<u8>(), 0..MAX_GARBAGE);
    let message = match pool.material.is_empty() {
        true => garbage.boxed(),
        false => {
            let said = vec(select(pool.material.clone()), 1..=3);
            let begun = (said, any::<Index>()).prop_map(|(said, end)| {
                let mut bytes = said.concat();
                bytes.truncate(end.index(bytes.len() + 1));
                bytes
            });
            prop_oneof![
                3 => begun,
                1 => select(pool.material.clone()),
                2 => garbage,
            ]
            .boxed()
        }
    };
    let udp = pool.spec.transport == Transport::Udp;
    let much = prop_oneof![
        4 => Just(1),
        1 => 1usize..=MAX_WORK,
    ];
    let how = select(&[How::Close, How::Reset, How::FinReset][..]);
    (message, much, how)
        .prop_map(move |(message, bytes, how)| {
            let times = match udp {
                true => 1,
                false => (bytes / message.len().max(1)).max(1),
            };
            End::Break {
                message,
                times: u32::try_from(times).unwrap_or(1),
                how,
            }
        })
        .boxed()
}
