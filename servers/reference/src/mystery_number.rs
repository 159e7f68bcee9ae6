//! `mystery-number`: guess a number between 1 and n in k tries.
//!
//! Task: the server chooses a number; each guess is answered with a hint, until the number is
//! found or the tries are used up. Each connection has a game of its own.
//! Wire: lines of UTF-8. The server begins with `MYSTERE <n> <k>`. A guess is a decimal integer,
//! answered `PLUS GRAND` (the number is greater), `PLUS PETIT` (smaller), `GAGNE` or, at the
//! last try, `PERDU <number>`; after these two the server closes. What is no integer is answered
//! `ERR not a number` and costs no try.
//! Source: course sheet 001, exercise 2.

use std::cmp::Ordering;
use std::io::{self, Write};

use clap::Parser;
use clap::builder::RangedU64ValueParser;
use sockspec_kit::{LineReader, close};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::client::{ConnectError, StreamClient, Terminal};

/// Options of the server.
#[derive(Debug, Parser)]
#[command(no_binary_name = true)]
pub(crate) struct Options {
    /// The number lies between 1 and N
    #[arg(long, default_value_t = 100, value_parser = RangedU64ValueParser::<u64>::new().range(1..))]
    n: u64,
    /// Tries in a game; as many as bisection needs for N when left out
    #[arg(long, value_parser = RangedU64ValueParser::<u64>::new().range(1..))]
    k: Option<u64>,
    /// The number of every game, between 1 and N, instead of a drawn one
    #[arg(long, conflicts_with = "seed")]
    secret: Option<u64>,
    /// Draws the same numbers at each start
    #[arg(long)]
    seed: Option<u64>,
}

impl Options {
    /// The rules that they ask for; or what is impossible in them.
    pub(crate) fn rules(&self) -> Result<Rules, String> {
        if self
            .secret
            .is_some_and(|secret| !(1..=self.n).contains(&secret))
        {
            return Err(format!("`--secret` must lie between 1 and {}", self.n));
        }
        Ok(Rules {
            n: self.n,
            // Bisection halves the n numbers at each try: ⌈log2(n + 1)⌉ tries, n's length in bits.
            tries: self
                .k
                .unwrap_or_else(|| u64::from(u64::BITS - self.n.leading_zeros())),
            secret: self.secret,
            random: self
                .seed
                .map_or_else(fastrand::Rng::new, fastrand::Rng::with_seed),
        })
    }
}

/// What all games of a server have in common.
pub(crate) struct Rules {
    n: u64,
    tries: u64,
    secret: Option<u64>,
    random: fastrand::Rng,
}

impl Rules {
    /// A game for one connection.
    pub(crate) fn new_game(&mut self) -> Game {
        let secret = self.secret.unwrap_or_else(|| self.random.u64(1..=self.n));
        Game {
            n: self.n,
            tries_left: self.tries,
            secret,
        }
    }
}

/// One connection's game.
pub(crate) struct Game {
    n: u64,
    tries_left: u64,
    secret: u64,
}

/// What a guess is answered.
#[derive(Debug, PartialEq, Eq)]
enum Answer {
    /// The game goes on.
    Hint(String),
    /// The game is over.
    End(String),
}

/// Plays a game, until its end or the client's FIN.
pub(crate) async fn serve_client(mut stream: TcpStream, mut game: Game) -> io::Result<()> {
    let (input, mut output) = stream.split();
    let mut guesses = LineReader::new(input);
    output
        .write_all(format!("{}\n", game.parameters()).as_bytes())
        .await?;
    while let Some(guess) = guesses.next().await? {
        let answer = match guess {
            Ok(guess) => game.answer(&guess),
            Err(error) => Answer::Hint(format!("ERR {error}")),
        };
        let (Answer::Hint(line) | Answer::End(line)) = &answer;
        output.write_all(format!("{line}\n").as_bytes()).await?;
        if matches!(answer, Answer::End(_)) {
            break;
        }
    }
    close(stream).await;
    Ok(())
}

impl Game {
    fn parameters(&self) -> String {
        format!("MYSTERE {} {}", self.n, self.tries_left)
    }

    fn answer(&mut self, guess: &str) -> Answer {
        // Wider than the secret: a guess far out of range is still a number, and gets a hint.
        let Ok(guess) = guess.trim().parse::<i128>() else {
            return Answer::Hint("ERR not a number".to_owned());
        };
        self.tries_left -= 1;
        match i128::from(self.secret).cmp(&guess) {
            Ordering::Equal => Answer::End("GAGNE".to_owned()),
            _ if self.tries_left == 0 => Answer::End(format!("PERDU {}", self.secret)),
            Ordering::Greater => Answer::Hint("PLUS GRAND".to_owned()),
            Ordering::Less => Answer::Hint("PLUS PETIT".to_owned()),
        }
    }
}

/// The client: it shows the parameters, then each line typed is a guess, until the game's end.
pub(crate) async fn connect(
    address: &str,
    terminal: &mut Terminal<impl Write>,
) -> Result<(), ConnectError> {
    let mut server = StreamClient::open(address).await?;
    let parameters = server.read_line().await?;
    terminal.print(&parameters)?;
    while let Some(guess) = terminal.read_line().await? {
        let answer = server.ask(&guess).await?;
        terminal.print(&answer)?;
        if answer.starts_with(b"GAGNE") || answer.starts_with(b"PERDU") {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rules(arguments: &str) -> Result<Rules, String> {
        Options::try_parse_from(arguments.split_whitespace())
            .unwrap()
            .rules()
    }

    /// The answers to `guesses`, up to the game's end.
    fn play(arguments: &str, guesses: &[&str]) -> Vec<String> {
        let mut game = rules(arguments).unwrap().new_game();
        let mut answers = Vec::new();
        for guess in guesses {
            match game.answer(guess) {
                Answer::Hint(line) => answers.push(line),
                Answer::End(line) => {
                    answers.push(line);
                    break;
                }
            }
        }
        answers
    }

    #[test]
    fn hints_lead_to_the_number() {
        let answers = play("--secret 42", &["50", " 25 ", "42", "42"]);
        assert_eq!(answers, ["PLUS PETIT", "PLUS GRAND", "GAGNE"]);
    }

    #[test]
    fn the_last_wrong_guess_loses_and_the_last_right_one_wins() {
        assert_eq!(
            play("--secret 42 --k 2", &["1", "2"]),
            ["PLUS GRAND", "PERDU 42"]
        );
        assert_eq!(
            play("--secret 42 --k 2", &["1", "42"]),
            ["PLUS GRAND", "GAGNE"]
        );
    }

    #[test]
    fn what_is_no_number_costs_no_try() {
        let answers = play("--secret 42 --k 1", &["", "abc", "4 2", "4.2", "42"]);
        assert_eq!(answers[..4], ["ERR not a number"; 4]);
        assert_eq!(answers[4], "GAGNE");
    }

    #[test]
    fn numbers_out_of_range_get_a_hint() {
        let answers = play(
            "--secret 42",
            &["-5", "+5", "0", "123456789012345678901234567890"],
        );
        assert_eq!(
            answers,
            ["PLUS GRAND", "PLUS GRAND", "PLUS GRAND", "PLUS PETIT"]
        );
    }

    #[test]
    fn a_seed_repeats_its_numbers_and_they_differ() {
        let secrets = |arguments| {
            let mut rules = rules(arguments).unwrap();
            std::iter::repeat_with(|| rules.new_game().secret)
                .take(20)
                .collect::<Vec<_>>()
        };
        assert_eq!(secrets("--seed 7"), secrets("--seed 7"));
        assert!(
            secrets("--seed 7")
                .iter()
                .any(|&secret| secret != secrets("--seed 7")[0])
        );
    }

    #[test]
    fn a_secret_out_of_range_is_refused() {
        assert_eq!(
            rules("--n 10 --secret 11").err().unwrap(),
            "`--secret` must lie between 1 and 10"
        );
    }

    proptest! {
        #[test]
        fn bisection_wins_with_the_default_tries(n in 1_u64.., secret in any::<u64>()) {
            let secret = 1 + secret % n;
            let mut game = rules(&format!("--n {n} --secret {secret}")).unwrap().new_game();
            let (mut low, mut high) = (1, n);
            loop {
                let guess = low + (high - low) / 2;
                match game.answer(&guess.to_string()) {
                    Answer::Hint(hint) if hint == "PLUS GRAND" => low = guess + 1,
                    Answer::Hint(_) => high = guess - 1,
                    Answer::End(end) => {
                        prop_assert_eq!(end, "GAGNE");
                        break;
                    }
                }
            }
        }
    }
}
