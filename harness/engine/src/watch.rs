//! Decides that nothing more will come, instead of waiting for it.
//!
//! In order of preference: the kernel's word (every thread of the target is blocked and nothing is
//! under way), a window that is a multiple of the latency measured while the target answered, a
//! deadline. The transcript says which it was.

use std::time::Duration;

use sockspec_case::player::Patience;
use sockspec_case::transcript::Silence;

use crate::limits::Limits;

/// How fast the target answers, as measured.
#[derive(Clone, Copy, Debug, Default)]
pub struct Latency {
    samples: u32,
    /// The slowest of the usual answers: a decaying maximum.
    slow: Duration,
}

impl Latency {
    /// Takes a measurement into account.
    pub fn measured(&mut self, took: Duration) {
        self.samples = self.samples.saturating_add(1);
        self.slow = took.max(self.slow.mul_f64(0.98));
    }

    /// Takes into account that what was waited for had come before anybody waited. How quickly it came
    /// is not known, but that the target is up is.
    pub fn was_there(&mut self, patience: Patience) {
        if patience == Patience::Answer {
            self.samples = self.samples.saturating_add(1);
        }
    }

    /// How long to wait for what `patience` waits for, and how it is called when it does not come.
    pub fn window(
        &self,
        patience: Patience,
        limits: &Limits,
        patient: bool,
    ) -> (Duration, Silence) {
        let known = self.samples >= 3;
        let (time, silence) = match patience {
            Patience::Quiet if known => (
                (self.slow * 10).clamp(limits.quiet_floor, limits.quiet),
                Silence::Window,
            ),
            Patience::Quiet => (limits.quiet, Silence::Window),
            Patience::Close => (limits.close, Silence::Deadline),
            Patience::Read => (limits.barrier, Silence::Deadline),
            Patience::Goodbye => (limits.goodbye, Silence::Window),
            Patience::Answer if known => {
                let window = (self.slow * 40).clamp(limits.answer_floor, limits.answer);
                (window, Silence::Window)
            }
            // Once it has answered, the target is up and warm enough for an ordinary deadline.
            Patience::Answer if self.samples > 0 => (limits.answer, Silence::Deadline),
            Patience::Answer => (limits.first_answer, Silence::Deadline),
        };
        match (patient, patience) {
            // A failure that rested on a window is tried again with more time.
            (true, Patience::Answer | Patience::Close) => {
                (limits.answer.max(time), Silence::Deadline)
            }
            _ => (time, silence),
        }
    }
}
