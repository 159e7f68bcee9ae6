//! Plays one dialogue with one client.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use sockspec_case::client::Manner;
use sockspec_case::client::judge::shown;
use sockspec_case::client::plan::{
    Act, Arguments, BadAnswer, ClientPlay, Delivery, Ending, Leaving, Losing,
};
use sockspec_case::client::talk::{Say, SayEnd};
use sockspec_case::transcript::{Barrier, Transcript};
use sockspec_sockdiag::Diag;
use sockspec_spec::model::Transport;

use super::session::Session;
use super::wire::Wire;
use crate::program::keyboard::Input;
use crate::program::{CommandLine, Surroundings};

mod lossy;

/// How long a client is given to fall asleep: then it has done what it had to, or is busy.
const SETTLE: Duration = Duration::from_secs(1);
/// How long a client that sleeps is still given to show an answer, while it is not known whether it shows any.
const SHOW: Duration = Duration::from_millis(500);

/// How much longer than it should a client may take that has to end at once: so long may the machine keep it waiting.
const GRACE: Duration = Duration::from_millis(500);

/// How clients are started.
#[derive(Clone, Debug)]
pub(super) struct Bench {
    /// The command.
    pub command: CommandLine,
    /// Working directory and environment.
    pub surroundings: Surroundings,
    /// How they come.
    pub transport: Transport,
    /// What the kernel can be asked by.
    pub diag: Option<Arc<Diag>>,
}

/// One dialogue under way.
struct Table<'a> {
    play: &'a ClientPlay,
    session: Session,
    /// How long answers are given to show: briefly, while it is not known whether they do at once.
    learning: bool,
    /// Set once an answer did not show though the client slept: it shows them when it ends.
    hides: bool,
    /// What ended the request that came last.
    asked_end: Vec<u8>,
}

/// What was played, and what it taught.
#[derive(Debug)]
pub(super) struct Played {
    /// What happened.
    pub transcript: Transcript,
    /// What ended the last request.
    pub request_end: Vec<u8>,
}

impl Bench {
    /// Plays.
    ///
    /// # Errors
    /// The client could not be started, or the system has no port.
    pub async fn play(
        &self,
        play: &ClientPlay,
        manner: &Manner,
        learning: bool,
    ) -> io::Result<Played> {
        let mut wire = match play.act {
            Act::Refuse => Wire::nobody(self.transport)?,
            _ => Wire::open(self.transport)?,
        };
        let mut values = wire.place().values();
        if play.act == Act::Leave(Leaving::Reset) {
            wire.leave_unread();
        }
        if let Act::Arguments(Arguments::Port(port)) = play.act {
            port.clone_into(&mut values.port);
        }
        let words = match play.act {
            Act::Arguments(Arguments::Missing) => self.command.without_place().fill(&values),
            _ => self.command.fill(&values),
        };
        let input = match manner.terminal {
            true => Input::Terminal,
            false => Input::Pipe,
        };
        let session = Session::start(&words, &self.surroundings, input, wire, self.diag.clone())?;
        let mut session = session;
        session.whole = play.talk.server_may_leave;
        let mut table = Table {
            play,
            session,
            learning,
            hides: manner.shows_at_end,
            asked_end: manner.request_end.clone().unwrap_or_default(),
        };
        table.run().await;
        let Table {
            session, asked_end, ..
        } = table;
        Ok(Played {
            transcript: session.close().await,
            request_end: asked_end,
        })
    }
}

impl Table<'_> {
    async fn run(&mut self) {
        let count = self.play.talk.exchanges.len();
        match self.play.act {
            Act::Serve(delivery) => {
                if self.serve(0..count, delivery).await {
                    self.say_goodbye().await;
                }
            }
            Act::Requests => {
                if self.serve(0..count, Delivery::Whole).await {
                    self.say_goodbye().await;
                }
            }
            Act::Leave(how) => self.leave(how).await,
            Act::Answer(bad) => self.answer_badly(bad, count).await,
            Act::Refuse => {
                self.session.settle(SETTLE).await;
                match self.play.datagrams {
                    true => self.miss_answers().await,
                    false => {
                        self.type_exchange(0);
                        self.ended(self.play.times.end).await;
                    }
                }
            }
            Act::End(ending) => self.end(ending).await,
            Act::Lose(losing) => self.lose(losing, count).await,
            Act::Arguments(_) => {
                self.session.settle(SETTLE).await;
                self.type_exchange(0);
                self.ended(self.play.times.end).await;
            }
        }
    }

    /// The opening, and these exchanges. `false` when the client did not play along.
    async fn serve(&mut self, exchanges: std::ops::Range<usize>, delivery: Delivery) -> bool {
        if exchanges.start == 0 && !self.open(delivery).await {
            return false;
        }
        for at in exchanges {
            if !self.asked(at).await {
                return false;
            }
            if !self.answer(Some(at), delivery).await {
                return false;
            }
            if self.session.exit.is_some() {
                return at + 1 == self.play.talk.exchanges.len();
            }
        }
        true
    }

    /// What the server says first.
    async fn open(&mut self, delivery: Delivery) -> bool {
        if self.play.talk.opening.is_empty() && self.play.talk.request.is_none() {
            return true;
        }
        if !self.has_come().await {
            return false;
        }
        self.answer(None, delivery).await
    }

    /// Waits for the client: the request that it makes by itself, or its connection, or any datagram. One that waits
    /// for a key gets it.
    async fn has_come(&mut self) -> bool {
        let talk = &self.play.talk;
        let datagrams = matches!(self.session.wire, Wire::Datagram(_));
        let came = move |session: &mut Session| match &talk.request {
            Some(request) => session.wire.take_own(request),
            None if datagrams => session.wire.take_any(),
            None => session.wire.has_client(),
        };
        if self.session.until(self.play.times.react, came).await {
            return true;
        }
        self.session.settle(SETTLE).await;
        if self.session.exit.is_none() && self.play.talk.exchanges.is_empty() {
            self.session.type_line(b"");
        }
        // One that has connected is up, and asks soon.
        let limit = match self.session.wire.has_client() {
            true => self.play.times.react,
            false => self.play.times.start,
        };
        self.session.until(limit, came).await
    }

    fn type_exchange(&mut self, at: usize) {
        if self.session.exit.is_some() {
            return;
        }
        let exchanges = &self.play.talk.exchanges;
        match exchanges.get(at).or(exchanges.last()) {
            Some(exchange) if exchange.is_typed => self.session.type_lines(&[]),
            Some(exchange) => {
                let ahead = exchange.ahead.iter().filter(|_| !exchange.in_wait);
                let lines = std::iter::once(&exchange.typed).chain(ahead);
                let lines: Vec<&[u8]> = lines.map(Vec::as_slice).collect();
                self.session.type_lines(&lines);
            }
            None => self.session.type_line(b""),
        }
    }

    /// Types a question and waits until it has arrived.
    async fn asked(&mut self, at: usize) -> bool {
        self.type_exchange(at);
        self.arrived(at, self.play.times.start).await
    }

    /// Waits until question `at` has arrived.
    async fn arrived(&mut self, at: usize, limit: Duration) -> bool {
        let Some(exchange) = self.play.talk.exchanges.get(at) else {
            return false;
        };
        let mut end = None;
        // A client that is up reacts sooner than one that starts.
        let limit = match at {
            0 => limit,
            _ => limit.min(self.play.times.react),
        };
        let arrived = self
            .session
            .until(limit, |session| {
                end = session.wire.take(&exchange.sends);
                end.is_some()
            })
            .await;
        let Some(mut end) = end.filter(|_| arrived) else {
            return false;
        };
        if end.is_empty() && matches!(self.session.wire, Wire::Stream(_)) {
            // A line end may be on its way.
            self.session.settle(SETTLE).await;
            end = self.session.wire.take_late_end();
        }
        self.asked_end = end;
        true
    }

    /// Sends what is due and waits until it shows. `false` when it does not, and so the play is lost.
    async fn answer(&mut self, at: Option<usize>, delivery: Delivery) -> bool {
        let exchange = at.and_then(|at| self.play.talk.exchanges.get(at));
        if let Some(exchange) = exchange.filter(|one| one.in_wait) {
            let lines: Vec<&[u8]> = exchange.ahead.iter().map(Vec::as_slice).collect();
            self.session.type_lines(&lines);
        }
        if delivery == Delivery::Held || exchange.is_some_and(|one| !one.ahead.is_empty()) {
            // What it should not send yet it would have sent.
            self.session.settle(SETTLE).await;
        }
        let from = self.session.out.len();
        let says = self.play.talk.says(at);
        let all: Vec<u8> = says
            .iter()
            .flat_map(|say| say.wire(&self.asked_end))
            .collect();
        if all.is_empty() && says.is_empty() {
            return true;
        }
        let mut sent = 0;
        for segment in cut(&all, delivery, &self.session.wire) {
            sent += segment.len();
            if sent == all.len() {
                self.session.send(segment, Barrier::None);
                break;
            }
            self.session.send(segment, Barrier::Kernel);
            if !self.session.read_by_client(SETTLE).await {
                // It does not read on: what is left comes in one piece.
                self.session.send(&all[sent..], Barrier::None);
                break;
            }
        }
        self.close_back(exchange.is_some_and(|one| one.closes));
        let is_last = at.map_or(0, |at| at + 1) == self.play.talk.exchanges.len();
        match is_last && self.play.talk.closes {
            // It may show when the server has closed.
            true => {
                self.session.settle(SETTLE).await;
                true
            }
            false => self.shows(says, from).await,
        }
    }

    /// Ends the connection where it is one for each question: the dialogue says so, or the client has ended its
    /// direction.
    fn close_back(&mut self, is_due: bool) {
        if is_due || self.session.wire.is_half_closed() {
            self.session.finish();
        }
    }

    /// Waits until the answers show in what is printed after `from`. `false` when they do not, and should.
    async fn shows(&mut self, says: &[Say], from: usize) -> bool {
        if self.hides {
            self.session.settle(SETTLE).await;
            return true;
        }
        let strict = self.play.strict;
        let show = |session: &mut Session| {
            let out = session.out.get(from..).unwrap_or_default();
            says.iter()
                .all(|say| shown(&say.shows, out, strict).is_some())
        };
        if !self.learning {
            return self.session.until(self.play.times.react, show).await;
        }
        if !self.session.until(SHOW, show).await {
            self.session.settle(SETTLE).await;
            self.hides = !show(&mut self.session);
        }
        true
    }

    /// Waits until the client has ended, whose user said so: one that says goodbye to the server gets its answer,
    /// and one that ends its direction a close.
    async fn ends(&mut self, limit: Duration) -> bool {
        let begun = Instant::now();
        loop {
            let left = limit.saturating_sub(begun.elapsed());
            let mut request = None;
            let happened = self
                .session
                .until(left, |session| {
                    request = session.wire.take_request();
                    request.is_some() || session.wire.is_half_closed() || session.exit.is_some()
                })
                .await;
            if self.session.exit.is_some() || !happened {
                return happened;
            }
            let Some((said, end)) = request else {
                self.session.finish();
                continue;
            };
            let (answer, closes) = self.play.talk.answer_to(&said, &end);
            self.session.send(&answer, Barrier::None);
            if closes || self.play.talk.closes_after_each() {
                self.session.finish();
            }
        }
    }

    /// Waits until the client has ended.
    async fn ended(&mut self, limit: Duration) -> bool {
        self.session
            .until(limit, |session| session.exit.is_some())
            .await
    }

    /// The dialogue is over: the server closes, if it does, and the user ends in both ways.
    async fn say_goodbye(&mut self) {
        let talk = &self.play.talk;
        match (talk.closes, talk.resets) {
            (true, true) => self.session.leave(true),
            (true, false) => self.session.finish(),
            (false, _) => {}
        }
        if talk.ends {
            self.ended(self.play.times.leaves + GRACE).await;
            return;
        }
        self.session.settle(SETTLE).await;
        if self.session.exit.is_some() {
            return;
        }
        if !self.play.talk.exchanges.is_empty() && !self.play.talk.closes {
            self.session.type_line(b"quit");
            self.session.settle(SETTLE).await;
        }
        if self.session.exit.is_none() {
            self.session.end_input();
            self.ends(self.play.times.end).await;
        }
    }

    async fn end(&mut self, ending: Ending) {
        if ending == Ending::AtOnce {
            if !self.open(Delivery::Whole).await {
                return;
            }
            self.session.end_input();
            self.ends(self.play.times.start).await;
            return;
        }
        if !self.serve(0..1, Delivery::Whole).await || self.session.exit.is_some() {
            return;
        }
        match ending {
            Ending::Quit(word) => {
                self.session.type_line(word.as_bytes());
                if self.play.talk.is_one_sided() {
                    self.may_be_sent(word).await;
                }
            }
            Ending::AtOnce | Ending::EndOfInput => self.session.end_input(),
        }
        self.ends(self.play.times.end).await;
    }

    /// To a client that only sends, `word` may be a line like another: once it has come, the input ends.
    async fn may_be_sent(&mut self, word: &str) {
        let mut came = false;
        let happened = |session: &mut Session| {
            came = session.wire.take(word.as_bytes()).is_some();
            came || session.exit.is_some()
        };
        self.session.until(self.play.times.react, happened).await;
        if came {
            self.session.settle(SETTLE).await;
            self.session.end_input();
        }
    }

    async fn leave(&mut self, how: Leaving) {
        let at = self.play.at();
        if at.is_none() {
            self.has_come().await;
        } else if how == Leaving::AtOnce {
            let came = |session: &mut Session| session.wire.has_client();
            if !self.session.until(self.play.times.react, came).await {
                // It connects when it has something to ask.
                self.type_exchange(0);
                self.session.until(self.play.times.start, came).await;
            }
        } else if let Some(at) = at {
            if !self.serve(0..at, Delivery::Whole).await || !self.asked(at).await {
                return;
            }
            if how == Leaving::Cut {
                let says = self.play.talk.says(Some(at));
                let all: Vec<u8> = says.iter().flat_map(|say| say.wire(b"")).collect();
                self.session.send(&all[..all.len() / 2], Barrier::Kernel);
                self.session.read_by_client(SETTLE).await;
            }
        }
        self.session.leave(how == Leaving::Reset);
        if self.play.talk.server_may_leave {
            self.ended(self.play.times.leaves + GRACE).await;
            return;
        }
        self.session.settle(SETTLE).await;
        if self.session.exit.is_none() {
            // At the latest at its next exchange it must have noticed.
            let next = match how {
                Leaving::AtOnce => 0,
                _ => at.map_or(0, |at| at + 1),
            };
            self.type_exchange(next);
            let exchanges = &self.play.talk.exchanges;
            let said = exchanges.get(next).or(exchanges.last());
            if said.is_some_and(|one| one.answers.is_empty()) {
                // Who never reads learns it from the line after the one that nobody took.
                self.session.settle(SETTLE).await;
                self.type_exchange(next + 1);
            }
            self.ended(self.play.times.end).await;
        }
    }

    async fn answer_badly(&mut self, bad: BadAnswer, count: usize) {
        match self.play.at() {
            None => {
                if !self.has_come().await {
                    return;
                }
            }
            Some(_) => {
                if !self.open(Delivery::Whole).await || !self.asked(0).await {
                    return;
                }
            }
        }
        let text: &[u8] = match bad {
            BadAnswer::NotUtf8 => b"\xff\xfe caf\xe9 \xc3(",
            BadAnswer::Empty => b"",
        };
        let first = self.play.talk.says(self.play.at().map(|_| 0)).first();
        let end: &[u8] = match first.map(|say| say.end) {
            Some(SayEnd::AsAsked) => &self.asked_end,
            // More than was asked for would be left unread.
            Some(SayEnd::Nothing) if first.is_some_and(|say| say.text.len() < text.len()) => b"",
            _ => b"\n",
        };
        let mut answer = text.to_vec();
        let has_lines = |say: &&Say| end == b"\n" && say.end != SayEnd::AsAsked;
        if let Some(say) = first.filter(|say| !has_lines(say) || say.text.len() > answer.len()) {
            // Where there are no lines the length is all that a client can go by.
            let length = say.text.len();
            answer = answer.iter().copied().cycle().take(length).collect();
            if bad == BadAnswer::Empty {
                answer.clear();
            }
        }
        answer.extend_from_slice(end);
        self.session.send(&answer, Barrier::None);
        self.close_back(self.play.talk.closes_after_each());
        if self.play.datagrams {
            // It may drop what is no answer, and ask again.
            return self.lose_first(Losing::First, count).await;
        }
        self.session.settle(SETTLE).await;
        while let Some((said, end)) = self.session.wire.take_request() {
            // It says what it thinks of that: so it is answered.
            let (answer, _) = self.play.talk.answer_to(&said, &end);
            self.session.send(&answer, Barrier::None);
            self.session.settle(SETTLE).await;
        }
        if self.session.exit.is_none() && self.serve(1..count.max(1), Delivery::Whole).await {
            self.say_goodbye().await;
        }
    }
}

/// The segments of an answer.
fn cut<'a>(all: &'a [u8], delivery: Delivery, wire: &Wire) -> Vec<&'a [u8]> {
    if matches!(wire, Wire::Datagram(_)) || all.is_empty() {
        return vec![all];
    }
    match delivery {
        Delivery::Whole | Delivery::Held => vec![all],
        Delivery::Bytewise => all.chunks(1).collect(),
        Delivery::InsideCharacters => {
            let inside = |byte: u8| byte & 0b1100_0000 == 0b1000_0000;
            let cuts = (1..all.len()).filter(|at| inside(all[*at]));
            let mut from = 0;
            let mut segments = Vec::new();
            for at in cuts {
                segments.push(&all[from..at]);
                from = at;
            }
            segments.push(&all[from..]);
            segments
        }
    }
}
