//! SIGINT and SIGTERM end the program, and nobody listens on its port any more, within two seconds.
//!
//! The signal goes to the program's whole group, as a terminal sends it: a wrapper script and its server both get it.
//! How the program ends is free: the sheets' programs say `Bye` and end with 0, and dying of the signal is as good.
//! SIGINT while a client is connected is accepted if it only ends the program once the client has gone: a Python program
//! waits for its threads.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Instant;

use rustix::process::Signal;
use sockspec_case::program::{Conduct, Conducted, ProgramFinding};
use sockspec_spec::model::Transport;

use super::{Examiner, Looked};
use crate::program::ending::Pauses;
use crate::program::readiness;
use crate::program::{Instance, Spot};

/// The signals, by the case that sends them.
const SIGNALS: [(Conduct, Signal, &str); 2] = [
    (Conduct::EndsOnInterrupt, Signal::INT, "SIGINT"),
    (Conduct::EndsOnTerminate, Signal::TERM, "SIGTERM"),
];

/// A failure counts when it was seen so often.
const ATTEMPTS: u32 = 2;

/// Instances that were started before they are needed: they start side by side.
#[derive(Debug, Default)]
struct Ahead(VecDeque<Instance>);

/// What a signal did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Effect {
    Ended,
    Outlived,
    KeptPort,
}

impl Examiner {
    /// Sends each signal that is wanted: to a program without a client, then to one with a silent client.
    pub(super) async fn signals(&self, wanted: &[Conduct]) -> Vec<(Conduct, Looked)> {
        let mut looked = Vec::new();
        let mut ahead = Ahead::default();
        for _ in SIGNALS
            .iter()
            .filter(|(conduct, ..)| wanted.contains(conduct))
        {
            // Without and with a client.
            ahead
                .0
                .extend([self.another(), self.another()].into_iter().flatten());
        }
        for (conduct, signal, name) in SIGNALS {
            if !wanted.contains(&conduct) {
                continue;
            }
            let limit = self.limits.ending;
            let conducted = match self.effect(signal, false, &mut ahead).await {
                Some(Effect::Outlived) => Conducted::fails(ProgramFinding::Outlived(name, limit)),
                Some(Effect::KeptPort) => Conducted::fails(ProgramFinding::KeptPort(name)),
                None => {
                    looked.push((conduct, Looked::NotSeen));
                    continue;
                }
                Some(Effect::Ended) if self.launch.transport == Transport::Udp => Conducted::well(),
                Some(Effect::Ended) => match self.effect(signal, true, &mut ahead).await {
                    Some(Effect::Ended) | None => Conducted::well(),
                    Some(Effect::KeptPort) => Conducted::fails(ProgramFinding::KeptPort(name)),
                    Some(Effect::Outlived) => {
                        let finding = ProgramFinding::OutlivedWithClient(name, limit);
                        match signal {
                            Signal::INT => Conducted::accepted(finding),
                            _ => Conducted::fails(finding),
                        }
                    }
                },
            };
            looked.push((conduct, Looked::Saw(conducted)));
        }
        for instance in ahead.0 {
            instance.end(self.launch.grace).await;
        }
        looked
    }

    fn another(&self) -> Option<Instance> {
        let spot = Arc::new(Spot::free(self.launch.transport).ok()?);
        Instance::start(&self.launch, spot).ok()
    }

    /// What a signal does, the best of some attempts; `None` when the program did not start.
    async fn effect(&self, signal: Signal, with_client: bool, ahead: &mut Ahead) -> Option<Effect> {
        let mut effect = None;
        for _ in 0..ATTEMPTS {
            let instance = ahead.0.pop_front().or_else(|| self.another())?;
            effect = self.send(instance, signal, with_client).await;
            if matches!(effect, Some(Effect::Ended)) {
                break;
            }
        }
        effect
    }

    async fn send(
        &self,
        mut instance: Instance,
        signal: Signal,
        with_client: bool,
    ) -> Option<Effect> {
        let target = instance
            .ready(self.diag.as_deref(), self.launch.start)
            .await
            .ok()?;
        let client = match with_client {
            true => Some(self.silent_client(&target).await?),
            false => None,
        };
        let effect = self.effect_on(&mut instance, signal).await;
        drop(client);
        instance.end(self.launch.grace).await;
        Some(effect)
    }

    async fn effect_on(&self, instance: &mut Instance, signal: Signal) -> Effect {
        let start = Instant::now();
        let daemon = instance.running.exit().is_some();
        instance.running.tree.signal(signal);
        let told = instance.spot.told().clone();
        let mut pauses = Pauses::default();
        loop {
            let ended = match daemon {
                true => instance.running.is_gone(),
                false => instance.running.exit().is_some(),
            };
            let taken = readiness::is_taken(&told);
            match (ended, taken) {
                (true, false) => return Effect::Ended,
                _ if start.elapsed() < self.limits.ending => {}
                (true, true) => return Effect::KeptPort,
                (false, _) => return Effect::Outlived,
            }
            instance.running.pause(pauses.longer()).await;
        }
    }
}
