//! What the target makes of a client that left abruptly: waited for, so that it shows in the same play.
//!
//! A thread that is about to die of an end of stream has not died of it yet. Whoever goes on at once meets the
//! death in a later dialogue, and blames that one.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::Engine;
use crate::link::Link;
use crate::program::ending::{Pauses, moment};
use crate::quiet::{Quietness, Witness};

/// How long a target is given to come to rest.
const SETTLING: Duration = Duration::from_millis(250);
/// A target that did not rest so often never does: from then on nobody waits for it.
const RESTLESS: u32 = 3;

impl Engine {
    /// Waits until every thread of the target is blocked, as far as the kernel can tell.
    pub(super) async fn settle(&mut self, links: &mut BTreeMap<u8, Link>) {
        let Some(witness) = self.witness.as_mut().filter(|_| self.restless < RESTLESS) else {
            return;
        };
        let (start, mut pauses) = (Instant::now(), Pauses::default());
        while is_busy(witness, links) {
            if start.elapsed() > SETTLING {
                self.restless += 1;
                return;
            }
            moment(pauses.longer()).await;
        }
    }
}

/// Whether some thread runs. The target's processes are known from earlier conversations, or found by one of these.
fn is_busy(witness: &mut Witness, links: &mut BTreeMap<u8, Link>) -> bool {
    let seen = match (witness.look_at_program(), links.values_mut().next()) {
        (Quietness::Unseen, Some(link)) => witness.look(link),
        (seen, _) => seen,
    };
    seen == Quietness::Busy
}
