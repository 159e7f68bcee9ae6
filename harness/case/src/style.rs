//! How a target speaks: what the sheets leave open and right programs do differently.
//!
//! A style is learnt from good behaviour only (see [`crate::learn`]); it never excuses an answer that
//! is wrong, cut, doubled, late or another client's.

use sockspec_spec::model::Framing;

/// The way a target speaks, as discovered in the first control dialogue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// What comes before the first request is sent, as a template.
    pub greeting: Greeting,
    /// The same bytes after each answer (`> `); empty for none.
    pub prompt: Vec<u8>,
    /// What ends an answer.
    pub answer_end: AnswerEnd,
    /// How many line ends one answer holds, its last included. 1 for nearly everybody.
    pub answer_lines: usize,
    /// Constant bytes before the expected text of an answer (`Réponse : `).
    pub prefix: Vec<u8>,
    /// Constant bytes after the expected text of an answer, before its end.
    pub suffix: Vec<u8>,
    /// Whether prefix and suffix are the reference server's own words around what it was asked.
    pub own_words: bool,
    /// What must end a request for the target to answer it.
    pub request_end: RequestEnd,
    /// Which characters `upper-*` maps.
    pub dialect: Option<Dialect>,
    /// How many clients the target serves at once.
    pub serving: Option<ServingSeen>,
    /// Whether a line end follows the bytes that a line announced: it is skipped as a prompt is, and is
    /// a mistake of its own.
    pub unannounced: bool,
    /// How the program shows what it prints; `None` where the harness does not hold its streams.
    pub screen: Option<Screen>,
    /// Set while the style is being discovered: an answer is whatever comes until nothing more does,
    /// and the expected text may stand anywhere in it.
    pub discovering: bool,
}

impl Style {
    /// The style of the reference server: what `--strict` requires. Only lines have an end, and where one `recv`
    /// is one message, requests have none either.
    pub fn canonical(framing: Framing) -> Self {
        let request_end = match framing {
            Framing::Recv => RequestEnd::Nothing,
            Framing::Lines | Framing::Bytes | Framing::Datagram => RequestEnd::Lf,
        };
        let answer_end = match framing {
            Framing::Lines => AnswerEnd::Lf,
            Framing::Bytes | Framing::Datagram | Framing::Recv => AnswerEnd::Nothing,
        };
        Style {
            answer_end,
            answer_lines: 1,
            request_end,
            ..Style::default()
        }
    }

    /// Whether an answer in this style is written as the reference server writes it.
    pub fn is_canonical(&self, framing: Framing) -> bool {
        self.greeting.is_empty()
            && self.prompt.is_empty()
            && (self.answer_end == Style::canonical(framing).answer_end
                // One line a datagram may be what the exercise asks for: its cases say.
                || (framing == Framing::Datagram && self.answer_end == AnswerEnd::Lf))
            && self.answer_lines <= 1
            && (self.own_words || (self.prefix.is_empty() && self.suffix.is_empty()))
    }
}

/// How a program that the harness started shows what it prints.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Screen {
    /// Whether it was given a terminal: on a pipe nothing showed.
    pub terminal: bool,
    /// What stands before each line that it must show, as first seen; `None` until that is known. Runs of
    /// digits are free (a port, a time, a client's number).
    pub prefix: Option<Vec<u8>>,
    /// Whether its user types, too: then a question to them may stand before a line, or not.
    pub asks: bool,
}

/// What a server says before it is asked. Runs of digits are free (a time, a port, a client number).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Greeting {
    /// The greeting as first seen.
    pub example: Vec<u8>,
}

impl Greeting {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.example.is_empty()
    }

    /// The length of this greeting at the start of `bytes`; `None` when `bytes` does not begin so.
    /// `Some(Err(()))`, in effect "more is needed", is told apart as [`Fit::Partial`].
    pub fn fit(&self, bytes: &[u8]) -> Fit {
        let (mut at, mut of) = (0, 0);
        while of < self.example.len() {
            if self.example[of].is_ascii_digit() {
                let run = self.example[of..]
                    .iter()
                    .take_while(|b| b.is_ascii_digit())
                    .count();
                let seen = bytes[at..]
                    .iter()
                    .take_while(|b| b.is_ascii_digit())
                    .count();
                if at + seen == bytes.len() {
                    return Fit::Partial;
                }
                if seen == 0 {
                    return Fit::Other;
                }
                (at, of) = (at + seen, of + run);
            } else if at == bytes.len() {
                return Fit::Partial;
            } else if bytes[at] != self.example[of] {
                return Fit::Other;
            } else {
                (at, of) = (at + 1, of + 1);
            }
        }
        Fit::Whole(at)
    }
}

/// How bytes compare with a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// They begin with it; it takes this many bytes.
    Whole(usize),
    /// They agree as far as they go.
    Partial,
    /// They differ.
    Other,
}

/// What ends an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AnswerEnd {
    /// LF, as it should be.
    #[default]
    Lf,
    /// CR LF.
    CrLf,
    /// One or more NUL (C programs that send `strlen + 1` or a whole buffer).
    Nul,
    /// Nothing: only quiet tells.
    Nothing,
}

/// What must end a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RequestEnd {
    /// LF, as it should be.
    #[default]
    Lf,
    /// CR LF only.
    CrLf,
    /// Nothing: the target takes what one `recv` returned as a request, and an LF spoils it.
    Nothing,
}

impl RequestEnd {
    /// The bytes.
    pub fn bytes(self) -> &'static [u8] {
        match self {
            RequestEnd::Lf => b"\n",
            RequestEnd::CrLf => b"\r\n",
            RequestEnd::Nothing => b"",
        }
    }
}

/// Which characters are mapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// a-z only, all other bytes unchanged.
    Ascii,
    /// é becomes É (full or simple mapping).
    Unicode,
}

/// How many clients a target serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServingSeen {
    /// The program ended after its first client.
    OneShot,
    /// One at a time.
    Iterative,
    /// Several at once.
    Parallel,
}
