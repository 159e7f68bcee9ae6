//! What crosses a network, in which order: the state between two ends, without sockets.

use super::{Direction, Fate, Mask, Rule, Until};

/// Most datagrams held back at once: what is held costs memory.
const MAX_HELD: usize = 64;

/// The first so many datagrams of a direction are logged: a log costs memory too.
const MAX_LOGGED: u32 = 10_000;

/// A network under a rule. Each datagram handed in comes out as what happens to it, and to others
/// because of it.
#[derive(Debug)]
pub struct Wire<R> {
    rule: R,
    counts: [u32; 2],
    held: Vec<(Until, Passage)>,
    log: Mask,
}

/// Something that happens to a datagram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Which way it goes.
    pub direction: Direction,
    /// Its number among those of its direction (0-based).
    pub seq: u32,
    /// What happens to it.
    pub crossing: Crossing,
    /// The datagram.
    pub bytes: Vec<u8>,
}

/// What happens to a datagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Crossing {
    /// It is delivered.
    Passed,
    /// It is delivered once more.
    Doubled,
    /// It is lost.
    Lost,
    /// It is held back.
    Held,
    /// What was held back is delivered.
    Released,
    /// It is delivered from a wrong port.
    Elsewhere,
}

impl<R: Rule> Wire<R> {
    /// A network under this rule, at rest.
    pub fn new(rule: R) -> Self {
        Wire {
            rule,
            counts: [0; 2],
            held: Vec::new(),
            log: Mask::default(),
        }
    }

    /// A datagram enters. What follows from it comes in the order in which it is to be done.
    pub fn carry(&mut self, direction: Direction, bytes: Vec<u8>) -> Vec<Passage> {
        let count = &mut self.counts[usize::from(direction == Direction::ToClient)];
        let seq = *count;
        *count = count.saturating_add(1);
        let mut fate = self.rule.on_datagram(direction, seq, &bytes);
        if matches!(fate, Fate::Hold(_)) && self.held.len() >= MAX_HELD {
            fate = Fate::Pass;
        }
        if fate != Fate::Pass && seq < MAX_LOGGED {
            self.log.set(direction, seq, fate);
        }
        let passage = |crossing, bytes| Passage {
            direction,
            seq,
            crossing,
            bytes,
        };
        let mut all = Vec::with_capacity(1);
        match fate {
            Fate::Pass => all.push(passage(Crossing::Passed, bytes)),
            Fate::Drop => all.push(passage(Crossing::Lost, bytes)),
            Fate::Elsewhere => all.push(passage(Crossing::Elsewhere, bytes)),
            Fate::Dup(more) => {
                let copies = (0..more).map(|_| passage(Crossing::Doubled, bytes.clone()));
                let copies: Vec<Passage> = copies.collect();
                all.push(passage(Crossing::Passed, bytes));
                all.extend(copies);
            }
            Fate::Hold(until) => {
                self.held
                    .push((until, passage(Crossing::Released, bytes.clone())));
                all.push(passage(Crossing::Held, bytes));
                // It is still to come: what waits for it goes on waiting.
                return all;
            }
        }
        self.release(Until { direction, seq }, &mut all);
        all
    }

    /// The fates that were not simply to pass: a mask that does the same again.
    pub fn log(&self) -> &Mask {
        &self.log
    }

    /// Delivers what waited for a datagram, and what waited for that.
    fn release(&mut self, come: Until, all: &mut Vec<Passage>) {
        let mut come = vec![come];
        while let Some(one) = come.pop() {
            let waiting = |(until, _): &mut (Until, Passage)| *until == one;
            for (_, passage) in self.held.extract_if(.., waiting) {
                come.push(Until {
                    direction: passage.direction,
                    seq: passage.seq,
                });
                all.push(passage);
            }
        }
    }
}

impl Crossing {
    /// Whether the datagram reaches the other end.
    pub fn is_delivered(self) -> bool {
        !matches!(self, Crossing::Lost | Crossing::Held)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Direction::{ToClient, ToServer};

    /// What comes out for each letter: capitals go to the client.
    fn carried<R: Rule>(wire: &mut Wire<R>, letters: &str) -> String {
        let mut told = Vec::new();
        for letter in letters.chars() {
            let way = if letter.is_uppercase() {
                ToClient
            } else {
                ToServer
            };
            for passage in wire.carry(way, letter.to_string().into_bytes()) {
                let mark = match passage.crossing {
                    Crossing::Passed => "",
                    Crossing::Doubled => "+",
                    Crossing::Lost => "x",
                    Crossing::Held => "…",
                    Crossing::Released => "!",
                    Crossing::Elsewhere => "?",
                };
                told.push(format!("{}{mark}", String::from_utf8_lossy(&passage.bytes)));
            }
        }
        told.join(" ")
    }

    fn hold(direction: Direction, seq: u32) -> Fate {
        Fate::Hold(Until { direction, seq })
    }

    #[test]
    fn datagrams_cross_as_the_mask_says() {
        let mask = Mask::new(
            vec![Fate::Drop, Fate::Dup(2), hold(ToServer, 3), Fate::Pass],
            vec![Fate::Elsewhere],
        );
        let mut wire = Wire::new(mask.clone());
        assert_eq!(carried(&mut wire, "abAcdBe"), "ax b b+ b+ A? c… d c! B e");
        // What was done is a mask that does it again.
        let log = wire.log().clone();
        assert_eq!(log.to_string(), "C x3h S w");
        assert_eq!(
            carried(&mut Wire::new(log), "abAcdBe"),
            carried(&mut Wire::new(mask), "abAcdBe")
        );
    }

    #[test]
    fn what_waits_for_what_waits_comes_after_it() {
        let mask = Mask::new(vec![hold(ToServer, 1), hold(ToClient, 0)], vec![Fate::Drop]);
        assert_eq!(carried(&mut Wire::new(mask), "abA"), "a… b… Ax b! a!");
    }

    #[test]
    fn a_rule_may_be_a_function_and_holds_so_many_only() {
        let mut wire = Wire::new(|_, _, _: &[u8]| hold(ToClient, 0));
        for _ in 0..200 {
            wire.carry(ToServer, vec![0]);
        }
        assert_eq!(wire.held.len(), MAX_HELD);
        assert_eq!(wire.carry(ToClient, vec![0]).len(), 1 + MAX_HELD);
    }
}
