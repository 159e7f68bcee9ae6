//! `mystery-number`, and the mistakes in its games.

use std::cmp::Ordering;
use std::net::TcpStream;
use std::sync::{Arc, Mutex, PoisonError};

use sockspec_kit::ServeError;

use crate::connection::Stop;
use crate::life::Life;
use crate::line_server::{self, Answer, Dialogue};
use crate::mistake::Mistake;
use crate::options::Arguments;

/// The options: the range, the tries, a fixed number, a seed for drawn ones.
pub(crate) const OPTIONS: &[&str] = &["--n", "--k", "--secret", "--seed"];

/// The server.
pub(crate) fn server(
    mistake: Option<Mistake>,
    arguments: &Arguments,
) -> Result<impl Fn(TcpStream, &Life) -> Result<(), Stop> + Send + Sync + 'static, ServeError> {
    let n = arguments.number("--n")?.unwrap_or(100);
    let tries = arguments
        .number("--k")?
        .unwrap_or(u64::from(u64::BITS - n.leading_zeros()));
    let secret = arguments.number("--secret")?;
    if n == 0 || tries == 0 || secret.is_some_and(|secret| secret == 0 || secret > n) {
        let message = "`--n` and `--k` must be at least 1, `--secret` between 1 and n";
        return Err(arguments.usage(message.to_owned()));
    }
    let seed = arguments.number("--seed")?;
    let random = Mutex::new(seed.map_or_else(fastrand::Rng::new, fastrand::Rng::with_seed));
    let draw = move || match mistake {
        _ if secret.is_some() => secret.unwrap_or(n),
        Some(Mistake::ConstantSecret) => n / 2 + 1,
        _ => {
            let from = u64::from(mistake != Some(Mistake::DrawsFromZero));
            let mut random = random.lock().unwrap_or_else(PoisonError::into_inner);
            random.u64(from..=n - 1 + from)
        }
    };
    let left = match mistake {
        Some(Mistake::OneTryTooMany) => tries + 1,
        Some(Mistake::OneTryTooFew) => tries - 1,
        _ => tries,
    };
    let global = Arc::new(Mutex::new(Game {
        mistake,
        n,
        tries,
        left,
        secret: n,
    }));
    Ok(line_server::server(mistake, move || {
        let game = Game {
            mistake,
            n,
            tries,
            left,
            secret: draw(),
        };
        if mistake == Some(Mistake::SharedGame) {
            *global.lock().unwrap_or_else(PoisonError::into_inner) = game;
            Player(global.clone())
        } else {
            Player(Arc::new(Mutex::new(game)))
        }
    }))
}

struct Game {
    mistake: Option<Mistake>,
    n: u64,
    tries: u64,
    left: u64,
    secret: u64,
}

/// One client's way to the game, which is its own unless that is the mistake.
struct Player(Arc<Mutex<Game>>);

impl Dialogue for Player {
    fn greeting(&self) -> Option<String> {
        let game = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Some(format!("MYSTERE {} {}", game.n, game.tries))
    }

    fn answer(&mut self, request: &str) -> Answer {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .answer(request)
    }
}

impl Game {
    fn answer(&mut self, request: &str) -> Answer {
        let guess = match self.mistake {
            Some(Mistake::KeepsCarriageReturn) => request.trim_matches(' '),
            _ => request.trim(),
        };
        let Ok(guess) = guess.parse::<i128>() else {
            return match self.mistake {
                Some(Mistake::DiesOnBadNumber) => Answer::Death("a guess is not a number"),
                Some(Mistake::RedrawsOnError) => {
                    self.choose_another();
                    Answer::Line("ERR not a number".to_owned())
                }
                _ => Answer::Line("ERR not a number".to_owned()),
            };
        };
        self.left = self.left.saturating_sub(1);
        let order = i128::from(self.secret).cmp(&guess);
        if order.is_eq() && self.mistake != Some(Mistake::MissesExactGuess) {
            return Answer::Last("GAGNE".to_owned());
        }
        if self.left == 0 {
            return Answer::Last(format!("PERDU {}", self.secret));
        }
        if self.mistake == Some(Mistake::SecretChanges) {
            self.choose_another();
        }
        let greater = match self.mistake {
            Some(Mistake::InvertedHints) => order == Ordering::Less,
            _ => order == Ordering::Greater,
        };
        Answer::Line(if greater { "PLUS GRAND" } else { "PLUS PETIT" }.to_owned())
    }

    /// Another number, half the range away: two equal guesses get different hints.
    fn choose_another(&mut self) {
        self.secret = (self.secret - 1 + self.n / 2) % self.n + 1;
    }
}
