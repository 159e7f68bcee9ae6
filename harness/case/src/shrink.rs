//! Makes a failing case small: the least set of cuts, or of messages, that still fails.
//!
//! A case is a *set* of things that can be left out (cuts, exchanges), because a set shrinks well: taking
//! one out moves no other. The caller plays each candidate and says whether it still fails; no candidate
//! is proposed twice in a row and their number is bounded, so the loop ends.
//!
//! Order, as measured to need the fewest plays: nothing at all; runs of a half, a quarter … of what is
//! left; then each thing alone. The last go first: what fails early is easier to follow.

use std::collections::BTreeSet;

/// Searches the least subset that still fails.
#[derive(Clone, Debug)]
pub struct Shrink<T> {
    /// The smallest set known to fail.
    failing: Vec<T>,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Proposes the empty set.
    Nothing,
    /// Proposes the set without the run of this length that ends before this place.
    Without { length: usize, end: usize },
    /// Nothing can be left out any more.
    Done,
}

impl<T: Clone + Ord> Shrink<T> {
    /// Begins with a set that fails.
    pub fn new(failing: BTreeSet<T>) -> Self {
        let state = match failing.is_empty() {
            true => State::Done,
            false => State::Nothing,
        };
        Shrink {
            failing: failing.into_iter().collect(),
            state,
        }
    }

    /// The next set to try; `None` when the search is over.
    pub fn candidate(&self) -> Option<BTreeSet<T>> {
        match self.state {
            State::Nothing => Some(BTreeSet::new()),
            State::Without { length, end } => {
                let start = end.saturating_sub(length);
                let kept = self.failing[..start].iter().chain(&self.failing[end..]);
                Some(kept.cloned().collect())
            }
            State::Done => None,
        }
    }

    /// Says whether the candidate still failed.
    pub fn told(&mut self, fails: bool) {
        let Some(candidate) = self.candidate() else {
            return;
        };
        if fails {
            self.failing = candidate.into_iter().collect();
        }
        self.state = match self.state {
            _ if self.failing.is_empty() => State::Done,
            State::Nothing => self.runs_of(self.failing.len().div_ceil(2)),
            State::Without { length, end } => {
                let end = end.saturating_sub(length);
                let left = self.failing.len();
                match end > 0 {
                    // To leave out all that is left has been tried.
                    true if length >= left => self.runs_of(left.div_ceil(2)),
                    true => State::Without { length, end },
                    false if length == 1 => State::Done,
                    false => self.runs_of(length.div_ceil(2)),
                }
            }
            State::Done => State::Done,
        };
    }

    /// The smallest set known to fail.
    pub fn least(&self) -> BTreeSet<T> {
        self.failing.iter().cloned().collect()
    }

    /// Begins with runs of this length. Of one thing nothing can be left out: that was the empty set.
    fn runs_of(&self, length: usize) -> State {
        match self.failing.len() {
            0 | 1 => State::Done,
            all => State::Without {
                length: length.min(all - 1).max(1),
                end: all,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Shrinks with a predicate; also says how many candidates it took.
    fn shrink(
        from: &BTreeSet<u32>,
        fails: impl Fn(&BTreeSet<u32>) -> bool,
    ) -> (BTreeSet<u32>, u32) {
        let mut search = Shrink::new(from.clone());
        let mut tries = 0;
        while let Some(candidate) = search.candidate() {
            tries += 1;
            search.told(fails(&candidate));
        }
        (search.least(), tries)
    }

    proptest! {
        #[test]
        fn what_is_needed_is_all_that_stays(
            from in prop::collection::btree_set(0u32..200, 1..100),
            picks in prop::collection::vec(any::<prop::sample::Index>(), 0..4),
        ) {
            let all: Vec<u32> = from.iter().copied().collect();
            let needed: BTreeSet<u32> = picks.iter().map(|pick| all[pick.index(all.len())]).collect();
            let (least, tries) = shrink(&from, |set| needed.is_subset(set));
            prop_assert_eq!(&least, &needed);
            prop_assert!(tries < 60, "{} tries for {} of {}", tries, needed.len(), from.len());
        }

        #[test]
        fn any_one_of_many_is_enough(from in prop::collection::btree_set(0u32..2000, 1..600)) {
            let (least, tries) = shrink(&from, |set| !set.is_empty());
            prop_assert_eq!(least.len(), 1);
            prop_assert!(tries <= 24, "{}", tries);
        }

        #[test]
        fn a_count_that_is_needed_is_kept(
            from in prop::collection::btree_set(0u32..200, 8..100),
        ) {
            let (least, _) = shrink(&from, |set| set.len() >= 8);
            prop_assert_eq!(least.len(), 8);
        }
    }

    #[test]
    fn what_fails_without_anything_is_left_alone() {
        assert_eq!(
            shrink(&BTreeSet::from([1, 2, 3]), |_| true).0,
            BTreeSet::new()
        );
        assert_eq!(Shrink::<u32>::new(BTreeSet::new()).candidate(), None);
    }
}
