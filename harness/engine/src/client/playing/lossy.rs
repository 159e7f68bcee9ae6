//! Answers that are lost, doubled, late or from elsewhere.

use std::time::{Duration, Instant};

use super::{Delivery, Losing, SETTLE, Table};
use crate::client::session::Session;
use sockspec_case::transcript::Barrier;

impl Table<'_> {
    pub(super) async fn lose(&mut self, losing: Losing, count: usize) {
        match losing {
            Losing::Doubled => {
                if self.serve_each(count, false).await {
                    self.say_goodbye().await;
                }
            }
            Losing::Elsewhere => {
                if self.serve_each(count, true).await {
                    self.say_goodbye().await;
                }
            }
            Losing::All => {
                if self.first_question().await {
                    self.silence(false).await;
                }
            }
            Losing::First | Losing::Late => {
                if self.first_question().await {
                    self.lose_first(losing, count).await;
                }
            }
        }
    }

    /// Nobody listens: until the client has ended, has said something and takes the next line, or is late.
    pub(super) async fn miss_answers(&mut self) {
        let begun = Instant::now();
        let limit = self.play.times.gives_up;
        let heard = self.session.printed;
        self.type_exchange(0);
        let said = |session: &mut Session| session.exit.is_some() || session.printed > heard;
        self.session.until(limit, said).await;
        if self.session.exit.is_none() && !self.play.talk.exchanges.is_empty() {
            self.session.settle(SETTLE).await;
            self.type_exchange(1);
            let left = limit.saturating_sub(begun.elapsed());
            let goes_on = |session: &mut Session| session.exit.is_some() || session.has_taken_all();
            self.session.until(left, goes_on).await;
            self.session.settle(SETTLE).await;
            return;
        }
        self.ended(limit.saturating_sub(begun.elapsed())).await;
    }

    /// Waits for the first datagram.
    async fn first_question(&mut self) -> bool {
        let there = match self.play.talk.exchanges.is_empty() {
            true => self.has_come().await,
            false => self.asked(0).await,
        };
        // A prompt that was printed before the question may still be in the pipe: it is no word about a silence.
        self.session.settle(SETTLE).await;
        there
    }

    /// The first thing that the server says.
    fn first(&self) -> Option<usize> {
        (!self.play.talk.exchanges.is_empty()).then_some(0)
    }

    fn wire_of(&self, at: Option<usize>) -> Vec<u8> {
        let says = self.play.talk.says(at);
        says.iter()
            .flat_map(|say| say.wire(&self.asked_end))
            .collect()
    }

    /// Serves with doubled answers, or with a stranger's before the first.
    async fn serve_each(&mut self, count: usize, stranger: bool) -> bool {
        let first = self.first();
        for at in first.map_or(0, |_| 0)..count.max(1) {
            let there = match first {
                None => self.has_come().await,
                Some(_) => self.asked(at).await,
            };
            if !there {
                return false;
            }
            let at = first.map(|_| at);
            if stranger && at.unwrap_or(0) == 0 {
                let next = self.wire_of(Some(1));
                let other = match next.is_empty() {
                    true => b"1999-12-31T23:59:59Z\n".to_vec(),
                    false => next,
                };
                self.session.send_from_elsewhere(&other);
                self.session.settle(SETTLE).await;
            }
            let from = self.session.out.len();
            let answer = self.wire_of(at);
            self.session.send(&answer, Barrier::None);
            if !stranger {
                self.session.send_again(&answer);
            }
            if !self.shows(self.play.talk.says(at), from).await {
                return false;
            }
            if self.session.exit.is_some() {
                return at.is_none_or(|at| at + 1 == count);
            }
        }
        true
    }

    /// Nothing is answered: until the client has ended, has asked the next question, or is late. One that comes again ends it,
    /// if it is answered then.
    async fn silence(&mut self, answers_again: bool) -> Silence {
        let times = self.play.times;
        let begun = Instant::now();
        let (heard, mut asked_next, mut showed) = (self.session.printed, false, false);
        let next = self.play.talk.exchanges.get(1).map(|one| one.sends.clone());
        let first = self
            .play
            .talk
            .exchanges
            .first()
            .map(|one| one.sends.clone());
        let answer = self.wire_of(self.first());
        self.session.lose(&answer);
        loop {
            let limit = match showed {
                true => times.gives_up,
                false => times.shows,
            };
            let left = (limit + MARGIN).saturating_sub(begun.elapsed());
            let mut found = None;
            let typed = asked_next;
            self.session
                .until(left, |session| {
                    if let Some(next) = next.as_ref().filter(|_| typed)
                        && session.wire.take(next).is_some()
                    {
                        found = Some(Silence::NextAsked);
                    } else if match &first {
                        Some(first) => session.wire.take(first).is_some(),
                        None => session.wire.take_any(),
                    } {
                        found = Some(Silence::AskedAgain);
                    } else if !typed && session.printed > heard {
                        found = Some(Silence::Said);
                    }
                    found.is_some() || session.exit.is_some()
                })
                .await;
            match found {
                Some(Silence::AskedAgain) if answers_again => return Silence::AskedAgain,
                Some(Silence::AskedAgain) => {
                    showed = true;
                    self.session.lose(&answer);
                }
                Some(Silence::Said) => {
                    showed = true;
                    // It may be about to ask again.
                    self.session.settle(SETTLE).await;
                    asked_next = true;
                    if next.is_some() && self.session.exit.is_none() {
                        self.type_exchange(1);
                    }
                }
                Some(Silence::NextAsked) => return Silence::NextAsked,
                _ => return Silence::Over,
            }
        }
    }

    pub(super) async fn lose_first(&mut self, losing: Losing, count: usize) {
        let first = self.first();
        let answer = self.wire_of(first);
        match self.silence(true).await {
            Silence::AskedAgain => {
                let from = self.session.out.len();
                if losing == Losing::Late {
                    self.session.send_late(&answer);
                }
                self.session.send(&answer, Barrier::None);
                let shown = self.shows(self.play.talk.says(first), from).await;
                if shown && self.serve(1..count.max(1), Delivery::Whole).await {
                    self.say_goodbye().await;
                }
            }
            Silence::NextAsked => {
                if losing == Losing::Late {
                    self.session.send_late(&answer);
                }
                let shown = self.answer(Some(1), Delivery::Whole).await;
                if shown && self.serve(2..count.max(2), Delivery::Whole).await {
                    self.say_goodbye().await;
                }
            }
            Silence::Said | Silence::Over => {}
        }
    }
}

/// How a silence ended.
enum Silence {
    /// The same question came again.
    AskedAgain,
    /// Something was printed.
    Said,
    /// The next question came.
    NextAsked,
    /// The client ended, or too much time passed.
    Over,
}

/// How much longer than the law the harness waits: the client's clock and ours begin at different moments.
const MARGIN: Duration = Duration::from_millis(250);
