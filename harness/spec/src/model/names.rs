//! The words for the model's choices, as TOML and JSON spell them.

use std::fmt;
use std::str::FromStr;

use super::{Case, Corpus, Echo, Framing, Law, Needs, Serving, Spec, Transport, Visibility};

/// A word that names none of the choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownChoice {
    /// The word.
    pub found: String,
    /// The words that are right.
    pub allowed: &'static [&'static str],
}

impl fmt::Display for UnknownChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not one of {}",
            self.found,
            self.allowed.join(", ")
        )
    }
}

impl std::error::Error for UnknownChoice {}

/// A type whose values are a few words.
pub(crate) trait Choice: Copy + FromStr<Err = UnknownChoice> {
    /// The words, in the order of the declaration.
    const WORDS: &'static [&'static str];
}

macro_rules! choices {
    ($($type:ident { $($variant:ident = $word:literal),* $(,)? })*) => {$(
        impl $type {
            /// Every value, in the order of the declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word for it in TOML and JSON.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),*
                }
            }
        }

        impl Choice for $type {
            const WORDS: &'static [&'static str] = &[$($word),*];
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl FromStr for $type {
            type Err = UnknownChoice;

            fn from_str(text: &str) -> Result<Self, UnknownChoice> {
                match text {
                    $($word => Ok(Self::$variant),)*
                    _ => Err(UnknownChoice {
                        found: text.to_owned(),
                        allowed: <Self as Choice>::WORDS,
                    }),
                }
            }
        }
    )*};
}

choices! {
    Transport { Tcp = "tcp", Udp = "udp", Unix = "unix", None = "none" }
    Framing { Lines = "lines", Bytes = "bytes", Datagram = "datagram", Recv = "recv" }
    Serving { OneShot = "one-shot", Iterative = "iterative", Parallel = "parallel" }
    Echo { None = "none", Same = "same", Upper = "upper" }
    Law {
        Protocol = "protocol",
        Segmentation = "segmentation",
        Survival = "survival",
        Isolation = "isolation",
        HalfClose = "half-close",
        Encoding = "encoding",
        Rest = "rest",
        Datagrams = "datagrams",
        Clients = "clients",
        Program = "program",
        Security = "security",
    }
    Corpus { Valid = "valid", Invalid = "invalid" }
    Needs { Address = "address", Run = "run" }
    Visibility { Shown = "shown", Hidden = "hidden", AfterDue = "after-due" }
}

impl Spec {
    /// The case with this id.
    pub fn case(&self, id: &str) -> Option<&Case> {
        self.cases.iter().find(|case| case.id == id)
    }

    /// The cases that a server is graded by, each with its place in the file.
    pub fn server_cases(&self) -> impl Iterator<Item = (usize, &Case)> {
        let all = self.cases.iter().enumerate();
        all.filter(|(_, case)| case.law != Law::Clients)
    }

    /// The case that serves as control. There always is one in a spec that the loader built.
    pub fn control_case(&self) -> Option<&Case> {
        self.case(&self.control)
    }
}
