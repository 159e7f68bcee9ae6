//! How a client was found to speak, in its control dialogue.

/// How a client speaks, beside its words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manner {
    /// What ends its requests; `None` where nothing is typed, and so none is known.
    pub request_end: Option<Vec<u8>>,
    /// Its answers show only when it ends: its output is kept in a buffer.
    pub shows_at_end: bool,
    /// It was given a terminal, because it needs one to work or to show what it prints.
    pub terminal: bool,
}
