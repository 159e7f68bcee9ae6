//! A network that loses, doubles and holds back datagrams: what happens to each, decided beforehand.
//!
//! A [`Mask`] says the fate of each datagram of each direction, so that no verdict is a matter of luck:
//! the same mask always does the same, and [`exchanges`] says exactly which questions a client gets
//! answered behind it. Random masks are drawn from a seed (`models`); what crosses the network, and
//! when, is the state machine [`Wire`], which a socket or a proxy drives.
//!
//! Nothing here waits: what is held back comes after another datagram, never after a time.

use std::fmt;

mod models;
mod wire;

pub use models::{BURSTS, Model, drawn, survival};
pub use wire::{Crossing, Passage, Wire};

/// How often a client asks before it gives up.
pub const ATTEMPTS: u32 = 3;

/// Which way a datagram goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Direction {
    /// From a client to the server.
    ToServer,
    /// From the server to a client.
    ToClient,
}

/// What happens to a datagram.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fate {
    /// It is delivered.
    #[default]
    Pass,
    /// It is lost.
    Drop,
    /// It is delivered, and so many times more.
    Dup(u8),
    /// It is delivered only after another has been (or was lost).
    Hold(Until),
    /// It is delivered from a port that is not the sender's own.
    Elsewhere,
}

/// The datagram after which one that was held back is delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Until {
    /// Its direction.
    pub direction: Direction,
    /// Its number among those of its direction (0-based).
    pub seq: u32,
}

/// Decides the fate of datagrams.
pub trait Rule {
    /// The fate of datagram `seq` (0-based) of a direction.
    fn on_datagram(&mut self, direction: Direction, seq: u32, bytes: &[u8]) -> Fate;
}

impl<F: FnMut(Direction, u32, &[u8]) -> Fate> Rule for F {
    fn on_datagram(&mut self, direction: Direction, seq: u32, bytes: &[u8]) -> Fate {
        self(direction, seq, bytes)
    }
}

/// The network that a play goes over, and the client that copes with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Network {
    /// What happens to the datagrams of each connection.
    pub mask: Mask,
    /// How often the client asks before it gives up; 0 and 1 both mean once.
    pub attempts: u32,
    /// Whether client `n` sends from an address of its own, 127.0.0.(n + 1), where the target is on the
    /// loopback interface.
    pub spread: bool,
}

/// The fate of each datagram, by direction and number. What it does not name passes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mask {
    to_server: Vec<Fate>,
    to_client: Vec<Fate>,
}

impl Rule for Mask {
    fn on_datagram(&mut self, direction: Direction, seq: u32, _: &[u8]) -> Fate {
        self.fate(direction, seq)
    }
}

impl Mask {
    /// A mask of these fates.
    pub fn new(to_server: Vec<Fate>, to_client: Vec<Fate>) -> Self {
        Mask {
            to_server,
            to_client,
        }
    }

    /// Loses the first datagrams of one direction whose bit is set, the lowest bit first.
    pub fn dropping(direction: Direction, bits: u32) -> Self {
        let fates = (0..u32::BITS - bits.leading_zeros()).map(|at| match bits >> at & 1 {
            1 => Fate::Drop,
            _ => Fate::Pass,
        });
        let mut mask = Mask::default();
        *mask.row_mut(direction) = fates.collect();
        mask
    }

    /// The fate of one datagram.
    pub fn fate(&self, direction: Direction, seq: u32) -> Fate {
        let row = self.row(direction);
        let at = usize::try_from(seq).unwrap_or(usize::MAX);
        row.get(at).copied().unwrap_or_default()
    }

    /// Sets the fate of one datagram: how a log of fates becomes a mask that does the same again.
    pub fn set(&mut self, direction: Direction, seq: u32, fate: Fate) {
        let at = usize::try_from(seq).unwrap_or(usize::MAX);
        let row = self.row_mut(direction);
        if row.len() <= at {
            row.resize(at + 1, Fate::Pass);
        }
        row[at] = fate;
    }

    /// Without what it says of datagrams behind the first `to_server` and the first `to_client`.
    pub fn cut_off(mut self, to_server: u32, to_client: u32) -> Self {
        self.to_server.truncate(to_server as usize);
        self.to_client.truncate(to_client as usize);
        self
    }

    /// How many datagrams of a direction it names.
    pub fn names(&self, direction: Direction) -> usize {
        self.row(direction).len()
    }

    fn row(&self, direction: Direction) -> &[Fate] {
        match direction {
            Direction::ToServer => &self.to_server,
            Direction::ToClient => &self.to_client,
        }
    }

    fn row_mut(&mut self, direction: Direction) -> &mut Vec<Fate> {
        match direction {
            Direction::ToServer => &mut self.to_server,
            Direction::ToClient => &mut self.to_client,
        }
    }
}

/// In words that need no translation: `C x.2 S .x` loses the client's first datagram and the server's
/// second, and delivers the client's third twice. `h` is held back, `w` comes from a wrong port.
impl fmt::Display for Mask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = [("C ", &self.to_server), ("S ", &self.to_client)];
        let mut between = "";
        for (name, row) in rows.into_iter().filter(|(_, row)| !row.is_empty()) {
            f.write_str(between)?;
            f.write_str(name)?;
            for fate in row {
                match fate {
                    Fate::Pass => f.write_str(".")?,
                    Fate::Drop => f.write_str("x")?,
                    Fate::Dup(more) => write!(f, "{}", u16::from(*more) + 1)?,
                    Fate::Hold(_) => f.write_str("h")?,
                    Fate::Elsewhere => f.write_str("w")?,
                }
            }
            between = " ";
        }
        Ok(())
    }
}

/// How one question goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// How often it is asked.
    pub asked: u32,
    /// How many answers come, those that are lost included.
    pub answers: u32,
    /// Whether an answer reaches the client.
    pub survives: bool,
}

/// Exactly how `count` questions go, one after another, behind a mask that passes and drops.
///
/// The client asks at most `attempts` times and takes the first answer; the server answers each
/// question that it gets, once. A question survives if and only if some attempt and its answer both
/// pass.
pub fn exchanges(mask: &Mask, count: usize, attempts: u32) -> Vec<Exchange> {
    let (mut sent, mut answered) = (0, 0);
    let next = |seq: &mut u32, direction| {
        *seq += 1;
        mask.fate(direction, *seq - 1) != Fate::Drop
    };
    (0..count)
        .map(|_| {
            let mut exchange = Exchange {
                asked: 0,
                answers: 0,
                survives: false,
            };
            while exchange.asked < attempts.max(1) && !exchange.survives {
                exchange.asked += 1;
                if next(&mut sent, Direction::ToServer) {
                    exchange.answers += 1;
                    exchange.survives = next(&mut answered, Direction::ToClient);
                }
            }
            exchange
        })
        .collect()
}

/// How many datagrams of each direction `count` exchanges take behind a mask: to the server, to the
/// client.
pub fn datagrams(mask: &Mask, count: usize, attempts: u32) -> (u32, u32) {
    let exchanges = exchanges(mask, count, attempts);
    let sum = |of: fn(&Exchange) -> u32| exchanges.iter().map(of).sum();
    (sum(|one| one.asked), sum(|one| one.answers))
}

/// Every way to lose some of the first `first` datagrams of one direction, and none of the other, in
/// `count` exchanges. Masks that differ only in datagrams that are never sent are one.
pub fn every_loss(first: u32, count: usize, attempts: u32) -> Vec<Mask> {
    let directions = [Direction::ToServer, Direction::ToClient];
    let all = directions
        .into_iter()
        .flat_map(|direction| (1..1 << first).map(move |bits| (direction, bits)));
    all.map(|(direction, bits)| Mask::dropping(direction, bits))
        .filter(|mask| {
            let (sent, answered) = datagrams(mask, count, attempts);
            mask.names(Direction::ToServer) <= sent as usize
                && mask.names(Direction::ToClient) <= answered as usize
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Direction::{ToClient, ToServer};
    use proptest::prelude::*;

    #[test]
    fn a_question_survives_when_one_attempt_and_its_answer_pass() {
        let told = |mask: Mask, count| -> String {
            let exchanges = exchanges(&mask, count, 3);
            let tell =
                |one: &Exchange| format!("{}{}", one.asked, if one.survives { '+' } else { '-' });
            exchanges.iter().map(tell).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(told(Mask::default(), 2), "1+ 1+");
        assert_eq!(told(Mask::dropping(ToServer, 0b0110), 2), "1+ 3+");
        assert_eq!(told(Mask::dropping(ToServer, 0b0111), 2), "3- 1+");
        assert_eq!(told(Mask::dropping(ToClient, 0b1111), 2), "3- 2+");
        let both = Mask::new(vec![Fate::Drop, Fate::Pass, Fate::Drop], vec![Fate::Drop]);
        assert_eq!(told(both, 2), "3- 1+");
    }

    #[test]
    fn every_loss_that_can_happen_is_tried_once() {
        // One question, three attempts: it is lost never, once, twice or always, in either direction.
        let labels: Vec<String> = every_loss(3, 1, 3).iter().map(Mask::to_string).collect();
        assert_eq!(labels, ["C x", "C xx", "C xxx", "S x", "S xx", "S xxx"]);
        // Nine datagrams may be needed for three questions: of the first six, any may be lost.
        assert!(every_loss(6, 3, 3).len() > 60);
    }

    #[test]
    fn a_mask_is_told_and_kept_as_it_was_set() {
        let mut mask = Mask::default();
        let until = Until {
            direction: ToServer,
            seq: 2,
        };
        for (seq, fate) in [(1, Fate::Drop), (2, Fate::Hold(until)), (3, Fate::Dup(1))] {
            mask.set(ToServer, seq, fate);
        }
        mask.set(ToClient, 0, Fate::Elsewhere);
        assert_eq!(mask.to_string(), "C .xh2 S w");
        assert_eq!(mask.fate(ToServer, 9), Fate::Pass);
        assert_eq!(mask.cut_off(2, 0).to_string(), "C .x");
    }

    proptest! {
        #[test]
        fn the_oracle_agrees_with_its_definition(
            requests in prop::collection::vec(any::<bool>(), 0..12),
            answers in prop::collection::vec(any::<bool>(), 0..12),
            count in 1usize..5,
        ) {
            let fates = |lost: &[bool]| -> Vec<Fate> {
                lost.iter().map(|lost| if *lost { Fate::Drop } else { Fate::Pass }).collect()
            };
            let mask = Mask::new(fates(&requests), fates(&answers));
            let lost = |row: &[bool], seq: u32| row.get(seq as usize).copied().unwrap_or(false);
            let (mut sent, mut answered) = (0, 0);
            for exchange in exchanges(&mask, count, ATTEMPTS) {
                // Written out: attempt i, its answer, and whether both pass.
                let mut passed = Vec::new();
                for _ in 0..exchange.asked {
                    let request = !lost(&requests, sent);
                    sent += 1;
                    let answer = request && !lost(&answers, answered);
                    answered += u32::from(request);
                    passed.push(request && answer);
                }
                prop_assert_eq!(exchange.survives, passed.contains(&true));
                prop_assert!(exchange.survives || exchange.asked == ATTEMPTS);
                prop_assert!(passed.iter().filter(|one| **one).count() <= 1);
            }
            prop_assert_eq!(datagrams(&mask, count, ATTEMPTS), (sent, answered));
        }
    }
}
