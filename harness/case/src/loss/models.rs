//! Masks drawn at random, from a seed: the same seed always loses the same datagrams.

use proptest::prelude::RngExt;
use proptest::test_runner::TestRng;

use super::{Fate, Mask, datagrams};

/// How datagrams are lost. All shares are in percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Model {
    /// Each on its own.
    Bernoulli {
        /// The share that is lost.
        loss: u32,
    },
    /// In bursts (E. N. Gilbert, 1960; E. O. Elliott, 1963): a network that is well or ill, and loses
    /// more while it is ill.
    GilbertElliott {
        /// How often a well network falls ill from one datagram to the next.
        falls: u32,
        /// How often an ill one recovers.
        recovers: u32,
        /// The share that an ill one loses.
        ill: u32,
        /// The share that a well one loses.
        well: u32,
    },
}

/// Bursts of two on average, 29 % lost.
pub const BURSTS: Model = Model::GilbertElliott {
    falls: 20,
    recovers: 50,
    ill: 100,
    well: 0,
};

impl Model {
    /// The fates of the next `count` datagrams.
    fn draw(self, count: usize, random: &mut TestRng) -> Vec<Fate> {
        let mut happens = |percent: u32| random.random_range(0..100) < percent;
        let mut is_ill = false;
        let mut next = || {
            let lost = match self {
                Model::Bernoulli { loss } => happens(loss),
                Model::GilbertElliott {
                    falls,
                    recovers,
                    ill,
                    well,
                } => {
                    is_ill = match is_ill {
                        true => !happens(recovers),
                        false => happens(falls),
                    };
                    happens(if is_ill { ill } else { well })
                }
            };
            if lost { Fate::Drop } else { Fate::Pass }
        };
        (0..count).map(|_| next()).collect()
    }
}

/// What a mask for `count` exchanges is in this model, in both directions, as far as they go.
pub fn drawn(model: Model, count: usize, attempts: u32, random: &mut TestRng) -> Mask {
    let most = count * attempts.max(1) as usize;
    let to_server = model.draw(most, random);
    let mask = Mask::new(to_server, model.draw(most, random));
    let (sent, answered) = datagrams(&mask, count, attempts);
    mask.cut_off(sent, answered)
}

/// The share of questions that get an answer where each datagram is lost on its own with the
/// probability `loss` (0 to 1): 1 - (1 - (1 - loss)²)^attempts.
pub fn survival(loss: f64, attempts: u32) -> f64 {
    let both = (1.0 - loss).powi(2);
    1.0 - (1.0 - both).powf(f64::from(attempts))
}

#[cfg(test)]
mod tests {
    use super::super::{ATTEMPTS, exchanges};
    use super::*;
    use crate::seed;

    /// The share that is lost, and the mean length of a burst.
    fn measured(model: Model) -> (f64, f64) {
        let fates = model.draw(100_000, &mut seed::rng(7, "measured"));
        let lost = fates.iter().filter(|fate| **fate == Fate::Drop).count();
        let begins = |two: &&[Fate]| two[0] == Fate::Pass && two[1] == Fate::Drop;
        let bursts = fates.windows(2).filter(begins).count();
        (lost as f64 / 1e5, lost as f64 / bursts as f64)
    }

    #[test]
    fn models_lose_what_they_say() {
        for loss in [0, 10, 30, 50, 100] {
            let (share, _) = measured(Model::Bernoulli { loss });
            assert!((share - f64::from(loss) / 100.0).abs() < 0.005, "{share}");
        }
        let (share, burst) = measured(BURSTS);
        assert!((share - 0.2 / 0.7).abs() < 0.01, "{share}");
        assert!((burst - 2.0).abs() < 0.05, "{burst}");
        let mild = Model::GilbertElliott {
            falls: 10,
            recovers: 30,
            ill: 50,
            well: 4,
        };
        let expected = 0.75 * 0.04 + 0.25 * 0.5;
        assert!((measured(mild).0 - expected).abs() < 0.01);
    }

    #[test]
    fn as_many_exchanges_survive_as_the_formula_says() {
        for loss in [10, 30, 50] {
            let mask = drawn(
                Model::Bernoulli { loss },
                50_000,
                ATTEMPTS,
                &mut seed::rng(1, "s"),
            );
            let survive = exchanges(&mask, 50_000, ATTEMPTS)
                .iter()
                .filter(|one| one.survives)
                .count();
            let expected = survival(f64::from(loss) / 100.0, ATTEMPTS);
            let found = survive as f64 / 5e4;
            assert!(
                (found - expected).abs() < 0.01,
                "{loss} %: {found} {expected}"
            );
        }
    }

    #[test]
    fn a_seed_and_a_case_always_draw_the_same() {
        let draw = |seed, id| drawn(BURSTS, 8, ATTEMPTS, &mut seed::rng(seed, id));
        assert_eq!(draw(1, "text"), draw(1, "text"));
        assert_ne!(draw(1, "text"), draw(2, "text"));
        assert_ne!(draw(1, "text"), draw(1, "line"));
    }
}
