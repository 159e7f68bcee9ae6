//! Plays dialogues against a target: drives the [`Player`] with sockets and writes the transcript.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use sockspec_case::judge;
use sockspec_case::play::{Deed, Ending, Play};
use sockspec_case::player::{Action, Outcome, Patience, Player, STREAMS, Verdict};
use sockspec_case::program::Death;
use sockspec_case::transcript::{Barrier, ConnectError, Event, Kind, Silence, Transcript};
use sockspec_sockdiag::Diag;
use tokio::time::timeout;

use crate::limits::Limits;
use crate::link::{Client, Link};
use crate::memory::{self, EndlessLine};
use crate::program::port;
use crate::quiet::{Quietness, Witness};
use crate::target::Target;
use crate::watch::Latency;

mod settling;
mod started;
mod streams;

pub use started::Started;

/// How many missed goodbyes say that the target does not close after its client: from then on nobody
/// waits for them.
const GOODBYES: u32 = 3;
/// How many looks, all of which found the target running, say that it spins.
const BUSY_LOOKS: u32 = 8;
/// The first pause before the kernel is asked whether the target is blocked: most answers are
/// here before.
const FIRST_LOOK: Duration = Duration::from_millis(2);
/// How many looks in a row must find every thread blocked: what is just being handed from one process
/// to another is nowhere for a moment.
const LOOKS_QUIET: u32 = 2;
/// How many, when the target has not even read what was sent.
const LOOKS_UNREAD: u32 = 16;
/// How many times longer a target may take to read, when it has failed to once.
const PATIENT_READ: u32 = 3;
/// The longest pause between two such questions.
const SLOW_LOOK: Duration = Duration::from_millis(25);
/// How long a send may be to be waited for before something happens on another connection, in bytes.
const ORDERED_BYTES: usize = 16 << 10;
/// How many events of a goodbye are kept.
const GOODBYE_EVENTS: usize = 16;
/// How many more datagrams of a target are heard that has answered wrongly.
const AFTERMATH_EVENTS: usize = 16;
/// A timer that is late by this much says that the harness itself got no processor.
const STARVED: Duration = Duration::from_millis(700);

/// A target, and what has been learnt about reaching it.
#[derive(Debug)]
pub struct Engine {
    /// Where the target is.
    pub target: Target,
    /// How long, how much.
    pub limits: Limits,
    /// How fast the target answers.
    pub latency: Latency,
    /// Whether silence may be decided by what the kernel says of the target's process.
    pub trust_witness: bool,
    diag: Option<Arc<Diag>>,
    witness: Option<Witness>,
    kept: Option<Link>,
    goodbyes_missed: u32,
    spins: bool,
    unverified_cuts: bool,
    /// How often the target did not come to rest after a client that left abruptly.
    restless: u32,
    started: Option<Started>,
}

/// A play done: what happened, and what it came to.
#[derive(Clone, Debug)]
pub struct Played {
    /// What happened.
    pub transcript: Transcript,
    /// What it came to.
    pub outcome: Outcome,
    /// How the program that the harness started ended in it, where it should not have.
    pub death: Option<Death>,
}

/// The transcript of a play under way.
struct Record {
    transcript: Transcript,
    start: Instant,
}

impl Record {
    fn push(&mut self, connection: u8, kind: Kind) -> Duration {
        let at = self.start.elapsed();
        self.push_at(connection, kind, at);
        at
    }

    fn push_at(&mut self, connection: u8, kind: Kind, at: Duration) {
        self.transcript.events.push(Event {
            at,
            connection,
            kind,
        });
    }

    /// When something happened on the program's streams: not before what is known of them already.
    fn since(&self, at: Instant) -> Duration {
        let known = self.transcript.events.iter().rev();
        let last = known.clone().find(|event| event.connection == STREAMS);
        let at = at.saturating_duration_since(self.start);
        at.max(last.map_or(Duration::ZERO, |event| event.at))
    }
}

impl Engine {
    /// An engine for one target.
    pub fn new(target: Target, limits: Limits) -> Self {
        let diag = target
            .is_local()
            .then(|| Diag::open().ok())
            .flatten()
            .map(Arc::new);
        Engine::with(target, limits, diag)
    }

    fn with(target: Target, limits: Limits, diag: Option<Arc<Diag>>) -> Self {
        let horizon = limits.first_answer * 2;
        let witness = diag
            .as_ref()
            .map(|diag| Witness::new(Arc::clone(diag), horizon));
        Engine {
            target,
            limits,
            latency: Latency::default(),
            trust_witness: true,
            diag,
            witness,
            kept: None,
            goodbyes_missed: 0,
            spins: false,
            unverified_cuts: false,
            restless: 0,
            started: None,
        }
    }

    /// Whether a socket takes datagrams at the target's address; `None` for a stream, and where the
    /// kernel does not know.
    pub fn has_datagram_socket(&self) -> Option<bool> {
        let (Target::Udp(address), Some(diag)) = (&self.target, &self.diag) else {
            return None;
        };
        diag.udp(*address, None).ok().map(|found| found.is_some())
    }

    /// Whether some silence had to be waited for, because the target's process cannot be seen.
    pub fn is_blind(&self) -> bool {
        !self.trust_witness || self.witness.as_ref().is_none_or(Witness::is_blind)
    }

    /// Whether some cut could not be verified: the target is on another machine.
    pub fn has_unverified_cuts(&self) -> bool {
        self.unverified_cuts
    }

    /// Whether a connection is kept open for the next play.
    pub fn keeps_connection(&self) -> bool {
        self.kept.as_ref().is_some_and(|link| !link.ended)
    }

    /// Closes the kept connection, if there is one.
    pub async fn release(&mut self) {
        if let Some(link) = self.kept.take() {
            self.leave(link).await;
        }
    }

    /// Whether the target neither closes after its clients nor rests: each further connection would
    /// cost it, and the machine, another spinning thread. Or whether each would take another start of it.
    pub fn should_save_connections(&self) -> bool {
        (self.goodbyes_missed >= GOODBYES && self.spins) || self.is_for_one_client()
    }

    /// Sets the kept connection aside, to open another beside it.
    pub fn take_kept(&mut self) -> Option<Link> {
        self.kept.take()
    }

    /// Keeps a connection for the next play.
    pub fn keep(&mut self, link: Option<Link>) {
        self.kept = link;
    }

    /// What a line without end does to the target, on a connection of its own; `None` when it cannot
    /// be tried.
    pub async fn endless_line(&mut self) -> Option<EndlessLine> {
        let diag = Arc::clone(self.diag.as_ref()?);
        self.supply(true).await.ok()?;
        let mut link = Link::connect(&self.target, Some(&diag), &self.limits)
            .await
            .ok()?;
        let found = memory::send_endless_line(&mut link, &diag, &self.limits).await;
        link.reset();
        Some(found)
    }

    /// Plays one dialogue. `patient` waits out every deadline, whatever the kernel says.
    pub async fn play(&mut self, play: &Play, patient: bool) -> Played {
        let started = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        let started_us = i64::try_from(started.as_micros()).unwrap_or(i64::MAX);
        let transcript = Transcript {
            started_us,
            events: Vec::new(),
        };
        let mut record = Record {
            transcript,
            start: Instant::now(),
        };
        let mut player = Player::new(play, started_us);
        let mut links: BTreeMap<u8, Link> = BTreeMap::new();
        // A send that no wait on the same connection follows: the target must have read it before
        // anything else happens, or the order of the script would be lost on the way.
        let mut unread: Option<u8> = None;
        self.begin_hearing(play).await;
        loop {
            let action = player.next_action();
            if let Some(link) = unread
                .take()
                .and_then(|connection| links.get_mut(&connection))
                && !matches!(
                    action,
                    Action::Await(..) | Action::Do(_, Deed::Abort) | Action::Done
                )
            {
                link.barrier(&self.limits).await;
            }
            match action {
                Action::Connect(connection) => {
                    let opened = |event: &Event| event.connection != STREAMS;
                    let first = !record.transcript.events.iter().any(opened);
                    let kind = self.connect(connection, play, first, &mut links).await;
                    feed(&mut player, &mut record, connection, kind);
                }
                Action::Send(connection, segments) => {
                    if let Some(link) = links.get_mut(&connection) {
                        let length: usize = segments.iter().map(Vec::len).sum();
                        self.send(link, connection, segments, &mut record).await;
                        // Much work is not waited for: what follows shall find the target in its midst.
                        unread = (length <= ORDERED_BYTES).then_some(connection);
                    }
                }
                Action::Fill(connection, mut bytes) => {
                    if let Some(link) = links.get_mut(&connection) {
                        record.push(connection, Kind::Stalled);
                        let mut sent = link.fill(&bytes, &self.limits).await;
                        let begun = Instant::now();
                        // Where the machine is busy the target may only be waiting for its turn.
                        while sent < bytes.len()
                            && begun.elapsed() < self.limits.answer
                            && matches!(self.look(link), Quietness::Busy)
                        {
                            sent += link.fill(&bytes[sent..], &self.limits).await;
                        }
                        bytes.truncate(sent);
                        let barrier = Barrier::None;
                        record.push(connection, Kind::Sent { bytes, barrier });
                    }
                }
                Action::Await(STREAMS, patience) => {
                    let (at, kind) = self.hear_program(patience, patient).await;
                    let at = at.map_or_else(|| record.start.elapsed(), |at| record.since(at));
                    feed_at(&mut player, &mut record, STREAMS, kind, at);
                }
                Action::Type(bytes) => {
                    let at = record.start.elapsed();
                    self.type_to_program(Some(&bytes));
                    record.push_at(STREAMS, Kind::Typed(bytes), at);
                }
                Action::AskPorts(protocol, ports) => {
                    let seen = port::look(protocol, &ports, &self.processes());
                    let kind = Kind::Ports(protocol, seen);
                    feed(&mut player, &mut record, STREAMS, kind);
                }
                Action::EndInput => {
                    record.push(STREAMS, Kind::TypedEnd);
                    self.type_to_program(None);
                }
                Action::Await(connection, patience) => {
                    let kind = match links.get_mut(&connection) {
                        Some(link) => self.receive(link, patience, patient).await,
                        // The play itself closed it: nothing more can come.
                        None => Kind::Quiet(Silence::Blocked),
                    };
                    feed(&mut player, &mut record, connection, kind);
                }
                Action::Do(connection, deed) => {
                    self.act(&mut links, connection, deed, &mut record);
                    if matches!(deed, Deed::Close | Deed::Reset | Deed::Abort) {
                        self.settle(&mut links).await;
                    }
                }
                Action::Wait(time) => {
                    // The passing of time is the point of this step: nothing is awaited.
                    let _ = timeout(time, std::future::pending::<()>()).await;
                    record.push(1, Kind::Waited);
                }
                Action::Done => break,
            }
        }
        let outcome = player.into_outcome();
        let failed = matches!(outcome.verdict, Verdict::Fail(_));
        self.end_hearing(
            play,
            matches!(outcome.verdict, Verdict::Pass | Verdict::NonStrict),
        );
        let death = self
            .hear(&mut record.transcript, record.start, failed)
            .await;
        record.push(1, Kind::Judged);
        for (connection, mut link) in links {
            link.drain(&self.limits);
            if link.is_datagrams() && matches!(outcome.verdict, Verdict::Fail(_)) {
                self.hear_out(&mut link).await;
            }
            for kind in std::mem::take(&mut link.inbox) {
                record.push(connection, kind);
            }
            if play.ending == Ending::Keep && connection == 1 && !link.ended {
                self.kept = Some(link);
            } else {
                for kind in self.leave(link).await {
                    record.push(connection, kind);
                }
            }
        }
        Played {
            transcript: record.transcript,
            outcome,
            death,
        }
    }

    async fn connect(
        &mut self,
        connection: u8,
        play: &Play,
        first: bool,
        links: &mut BTreeMap<u8, Link>,
    ) -> Kind {
        if connection == 1
            && play.ending == Ending::Keep
            && let Some(mut link) = self.kept.take()
        {
            link.expected += play.expected_bytes();
            links.insert(connection, link);
            return Kind::Continued;
        }
        match self.new_link(play, connection, first).await {
            Ok(mut link) => {
                if let Some(network) = &play.network {
                    link.put_under(network.mask.clone());
                }
                link.expected = play.expected_bytes();
                links.insert(connection, link);
                Kind::Opened
            }
            Err(error) => Kind::NotOpened(error),
        }
    }

    /// A fresh connection, the `first` of its dialogue or not.
    async fn new_link(
        &mut self,
        play: &Play,
        connection: u8,
        first: bool,
    ) -> Result<Link, ConnectError> {
        self.supply(first).await?;
        let client = Client::of(play, &self.target, connection);
        let link = Link::connect_as(client, &self.target, self.diag.as_ref(), &self.limits).await;
        match link {
            // A server that was still dying when it was looked at.
            Err(ConnectError::Refused) if first && self.started.is_some() => {
                self.supply(first).await?;
                Link::connect_as(client, &self.target, self.diag.as_ref(), &self.limits).await
            }
            link => link,
        }
    }

    async fn send(
        &mut self,
        link: &mut Link,
        connection: u8,
        segments: Vec<Vec<u8>>,
        record: &mut Record,
    ) {
        if link.was_cut {
            link.barrier(&self.limits).await;
        }
        link.was_cut = segments.len() > 1;
        let last = segments.len().saturating_sub(1);
        for (at, bytes) in segments.into_iter().enumerate() {
            if link.is_lossy() {
                for kind in link.send_over(bytes).await {
                    record.push(connection, kind);
                }
                continue;
            }
            if link.send(&bytes, &self.limits).await.is_err() {
                record.push(connection, Kind::SendFailed);
                return;
            }
            record.push(
                connection,
                Kind::Sent {
                    bytes,
                    barrier: Barrier::None,
                },
            );
            if at < last {
                let sent = record.transcript.events.len() - 1;
                let barrier = link.barrier(&self.limits).await;
                self.unverified_cuts |= barrier == Barrier::Acknowledged;
                if let Kind::Sent { barrier: slot, .. } = &mut record.transcript.events[sent].kind {
                    *slot = barrier;
                }
            }
        }
    }

    /// The next event of a connection, or the word that none will come.
    async fn receive(&mut self, link: &mut Link, patience: Patience, patient: bool) -> Kind {
        if let Some(kind) = link.inbox.pop_front() {
            return kind;
        }
        if let Some(kind) = link.try_receive(&self.limits) {
            self.latency.was_there(patience);
            return kind;
        }
        if patience == Patience::Read {
            let times = if patient { PATIENT_READ } else { 1 };
            return link
                .has_read(&self.limits, self.limits.barrier * times)
                .await;
        }
        if link.ended {
            return Kind::Fin;
        }
        if patience == Patience::Goodbye && self.goodbyes_missed >= GOODBYES {
            return Kind::Quiet(Silence::Window);
        }
        let start = Instant::now();
        let (window, silence) = self.latency.window(patience, &self.limits, patient);
        let mut look = FIRST_LOOK;
        let (mut looks, mut busy, mut quiet_for) = (0u32, 0u32, 0u32);
        link.hurry();
        if let Some(kind) = link.receive_soon(&self.limits) {
            if patience == Patience::Answer {
                self.latency.measured(start.elapsed());
            }
            return kind;
        }
        loop {
            if let Some(kind) = link.overhear() {
                return kind;
            }
            let left = window.saturating_sub(start.elapsed());
            if left.is_zero() || link.is_stalled() {
                self.goodbyes_missed += u32::from(patience == Patience::Goodbye);
                let spinning = looks >= BUSY_LOOKS && busy * 5 >= looks * 4;
                self.spins |= spinning || (patience == Patience::Goodbye && busy == looks);
                return Kind::Quiet(if spinning { Silence::Busy } else { silence });
            }
            let pause = look.min(left);
            let asked = Instant::now();
            if timeout(pause, link.readable()).await.is_ok() {
                if let Some(kind) = link.try_receive(&self.limits) {
                    if patience == Patience::Answer {
                        self.latency.measured(start.elapsed());
                    }
                    return kind;
                }
                continue;
            }
            if asked.elapsed() > pause + STARVED {
                return Kind::Starved;
            }
            let seen = self.look(link);
            looks += 1;
            busy += u32::from(seen == Quietness::Busy);
            quiet_for = match seen {
                Quietness::Quiet => quiet_for + LOOKS_UNREAD / LOOKS_QUIET,
                Quietness::Unread => quiet_for + 1,
                _ => 0,
            };
            if !patient && quiet_for >= LOOKS_UNREAD {
                // What came between the two looks is not lost.
                return match link.try_receive(&self.limits) {
                    Some(kind) => kind,
                    None => {
                        self.goodbyes_missed += u32::from(patience == Patience::Goodbye);
                        Kind::Quiet(Silence::Blocked)
                    }
                };
            }
            look = if quiet_for > 0 {
                FIRST_LOOK
            } else {
                (look * 2).min(SLOW_LOOK)
            };
        }
    }

    /// Waits for what else a target says that has answered wrongly: whether an answer comes twice or
    /// late shows in what follows it.
    async fn hear_out(&mut self, link: &mut Link) {
        for _ in 0..AFTERMATH_EVENTS {
            let heard = std::mem::take(&mut link.inbox);
            let kind = self.receive(link, Patience::Quiet, false).await;
            let last = !matches!(kind, Kind::Received(_) | Kind::Lost { .. });
            link.inbox = heard;
            link.inbox.push_back(kind);
            if last || link.ended {
                break;
            }
        }
    }

    fn look(&mut self, link: &mut Link) -> Quietness {
        match &mut self.witness {
            Some(witness) if self.trust_witness => witness.look(link),
            _ => Quietness::Unseen,
        }
    }

    fn act(
        &mut self,
        links: &mut BTreeMap<u8, Link>,
        connection: u8,
        deed: Deed,
        record: &mut Record,
    ) {
        let kind = match deed {
            Deed::Close => {
                links.remove(&connection);
                Kind::Closed
            }
            Deed::Reset | Deed::Abort => {
                if let Some(mut link) = links.remove(&connection) {
                    if deed == Deed::Abort {
                        link.fin();
                        record.push(connection, Kind::SentFin);
                    }
                    link.reset();
                }
                Kind::SentReset
            }
            Deed::Fin | Deed::Stall | Deed::Resume => {
                let Some(link) = links.get_mut(&connection) else {
                    return;
                };
                match deed {
                    Deed::Fin => {
                        link.fin();
                        Kind::SentFin
                    }
                    Deed::Stall => {
                        link.stall(true);
                        Kind::Stalled
                    }
                    _ => {
                        link.stall(false);
                        Kind::Resumed
                    }
                }
            }
        };
        record.push(connection, kind);
    }

    /// Ends a connection as a well-behaved client does: FIN, then waits a moment for the target's
    /// end, so that nothing of it answers the target with an RST. A target that does not close gets
    /// an RST after all: else each dialogue would leave a connection, and perhaps a spinning thread,
    /// behind.
    async fn leave(&mut self, mut link: Link) -> Vec<Kind> {
        let mut events = Vec::new();
        if link.ended || link.is_datagrams() {
            return vec![Kind::Closed];
        }
        // A client that never read does not begin to now.
        if self.goodbyes_missed < GOODBYES && !link.is_stalled() {
            link.fin();
            events.push(Kind::SentFin);
            let limits = self.limits;
            let goodbye = async {
                while !link.ended && events.len() < GOODBYE_EVENTS {
                    match link.try_receive(&limits) {
                        Some(kind) => events.push(kind),
                        None => link.readable().await,
                    }
                }
            };
            if timeout(limits.goodbye, goodbye).await.is_ok() {
                events.push(Kind::Closed);
                return events;
            }
            self.goodbyes_missed += 1;
            self.spins |= self.look(&mut link) == Quietness::Busy;
        }
        link.reset();
        events.push(Kind::SentReset);
        events
    }
}

fn feed(player: &mut Player<'_>, record: &mut Record, connection: u8, kind: Kind) {
    let at = record.start.elapsed();
    feed_at(player, record, connection, kind, at);
}

fn feed_at(player: &mut Player<'_>, record: &mut Record, connection: u8, kind: Kind, at: Duration) {
    let input = judge::input(&kind);
    record.push_at(connection, kind, at);
    if let Some(input) = input {
        player.feed(connection, input, at);
    }
}
