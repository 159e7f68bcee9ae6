//! Every limit of a grading, in one place: how long, how much.

use std::time::Duration;

/// How long the harness waits and how much it keeps. All times are multiplied by `--time-scale`.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// For a connection to be made.
    pub connect: Duration,
    /// For an answer, while nothing is known of the target's speed. A slow run-time compiles on its
    /// first requests.
    pub first_answer: Duration,
    /// For an answer, at most.
    pub answer: Duration,
    /// For an answer, at least, where the latency of the target is known.
    pub answer_floor: Duration,
    /// For an answer for which the target may ask other servers: the exercises' 5 s, and what a loaded machine adds
    /// to a server that waits just as long for a silent one.
    pub relayed_answer: Duration,
    /// The quiet window of a target whose process cannot be seen, at least.
    pub quiet_floor: Duration,
    /// The quiet window of a target whose process cannot be seen, at most.
    pub quiet: Duration,
    /// For the target's end of a connection.
    pub close: Duration,
    /// For a polite goodbye after a dialogue that went well.
    pub goodbye: Duration,
    /// For the target to read a segment.
    pub barrier: Duration,
    /// For a build command.
    pub build: Duration,
    /// For a started program to listen.
    pub start: Duration,
    /// For a program that is no longer needed to end after SIGTERM.
    pub grace: Duration,
    /// For a program to end after SIGINT or SIGTERM, as the exercises ask.
    pub ending: Duration,
    /// How long nobody says anything to a program that must wait.
    pub silence: Duration,
    /// For a program that has nothing to do to come to rest.
    pub rest: Duration,
    /// For what clients left to be given back.
    pub settle: Duration,
    /// For the whole grade; what is left then is inconclusive.
    pub total: Duration,
    /// Bytes kept of one play, beside four times what was sent.
    pub flood_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            connect: Duration::from_secs(3),
            first_answer: Duration::from_millis(3000),
            answer: Duration::from_millis(1000),
            answer_floor: Duration::from_millis(300),
            relayed_answer: Duration::from_secs(6),
            quiet_floor: Duration::from_millis(60),
            quiet: Duration::from_millis(400),
            close: Duration::from_millis(1000),
            goodbye: Duration::from_millis(100),
            barrier: Duration::from_millis(1000),
            build: Duration::from_secs(120),
            start: Duration::from_secs(15),
            grace: Duration::from_millis(500),
            ending: Duration::from_secs(2),
            silence: Duration::from_millis(1500),
            rest: Duration::from_secs(3),
            settle: Duration::from_secs(2),
            total: Duration::from_secs(120),
            flood_bytes: 1 << 20,
        }
    }
}

impl Limits {
    /// These limits, every time multiplied by `scale`.
    pub fn scaled(self, scale: f64) -> Self {
        let times = |time: Duration| time.mul_f64(scale.clamp(0.01, 1000.0));
        Limits {
            connect: times(self.connect),
            first_answer: times(self.first_answer),
            answer: times(self.answer),
            answer_floor: times(self.answer_floor),
            relayed_answer: times(self.relayed_answer),
            quiet_floor: times(self.quiet_floor),
            quiet: times(self.quiet),
            close: times(self.close),
            goodbye: times(self.goodbye),
            barrier: times(self.barrier),
            build: times(self.build),
            start: times(self.start),
            grace: times(self.grace),
            ending: times(self.ending),
            silence: times(self.silence),
            rest: times(self.rest),
            settle: times(self.settle),
            total: times(self.total),
            flood_bytes: self.flood_bytes,
        }
    }
}
