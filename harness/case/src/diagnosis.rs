//! Why a case failed: a cause from a fixed catalogue, with the evidence.

/// What a student is told about a failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnosis {
    /// The mistake, from the catalogue.
    pub cause: Cause,
    /// What was seen, as a sentence of the catalogue with its values.
    pub finding: Finding,
    /// What should have come. Bytes; a pattern is shown in the notation instead, see `pattern`.
    pub expected: Vec<u8>,
    /// The expected answer in the dialogue notation when it is not one exact text.
    pub pattern: Option<String>,
    /// What came.
    pub actual: Vec<u8>,
    /// Offset (0-based) of the first byte that differs, where both are exact.
    pub first_difference: Option<usize>,
    /// Shell lines that show the same by hand.
    pub reproduce: String,
    /// Which play of the case failed (a row, a cut), in words that need no translation, e.g. `key=" fa"`, `cut 7`.
    pub play: String,
}

/// What was seen. Each is one whole sentence in each language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Another answer came.
    Mismatch,
    /// Nothing came.
    NoAnswer {
        /// How long the harness waited, milliseconds.
        waited_ms: u64,
        /// Whether the program was seen to be waiting for more input.
        blocked: bool,
    },
    /// Only a part of the answer came.
    Incomplete {
        /// How long the harness waited, milliseconds.
        waited_ms: u64,
        /// Whether the program was seen to be waiting for more input.
        blocked: bool,
    },
    /// The answer came, but not its line end.
    NoNewline,
    /// The target closed the connection instead of answering.
    ClosedEarly,
    /// The target reset the connection instead of answering.
    ResetEarly,
    /// Bytes came that nobody asked for.
    Extra,
    /// The target did not close.
    NotClosed {
        /// How long the harness waited, milliseconds.
        waited_ms: u64,
    },
    /// The connection was refused.
    Refused,
    /// The connection was not accepted in time.
    ConnectTimedOut,
    /// More came than any answer may be long.
    Flooded,
    /// A case that this one depends on failed.
    DependsOn {
        /// Its id.
        case: String,
    },
    /// After this case, the control dialogue failed.
    Died,
    /// It takes `--run`.
    NeedsRun,
    /// The program had ended: one client was all it serves.
    Ended,
    /// The harness was starved of processor time.
    Starved,
    /// The second client got nothing while the first was connected.
    SecondClientWaits,
    /// Each answer should end with a line feed and none does.
    AnswersWithoutNewline,
    /// The target answers a request only when no line feed follows it, or only after CR LF.
    RequestsNotByLine,
    /// A check of a script said no; the script's own words.
    Script {
        /// What the spec's author wrote.
        message: String,
    },
}

macro_rules! causes {
    ($($(#[$doc:meta])* $name:ident = $slug:literal,)*) => {
        /// The catalogue of causes. Each has a page: `sockspec explain CAUSE`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Cause { $($(#[$doc])* $name,)* }

        impl Cause {
            /// Every cause, in the catalogue's order.
            pub const ALL: &'static [Cause] = &[$(Cause::$name,)*];

            /// The stable slug.
            pub fn as_str(self) -> &'static str {
                match self { $(Cause::$name => $slug,)* }
            }
        }
    };
}

causes! {
    /// Nothing listens at the address, or it does not accept.
    NotListening = "not-listening",
    /// Nothing was ever answered.
    NeverAnswers = "never-answers",
    /// The answer is not the one that the exercise asks for.
    WrongAnswer = "wrong-answer",
    /// Each `recv` is taken as a message.
    OneRecvOneMessage = "one-recv-one-message",
    /// Each chunk is decoded on its own, and a cut character is fatal.
    DecodesEachChunk = "decodes-each-chunk",
    /// A character that two segments share comes back spoiled.
    SplitCharacter = "split-character",
    /// Of several requests in one segment only the first is answered.
    AnswersFirstOnly = "answers-first-only",
    /// What follows the first newline of a segment is lost.
    LosesTail = "loses-tail",
    /// The CR of CR LF stays in the request.
    KeepsCarriageReturn = "keeps-carriage-return",
    /// Answers do not end with a newline.
    MissingNewline = "missing-newline",
    /// Requests are not read by line.
    RequestsNotByLine = "requests-not-by-line",
    /// Lengths are counted in characters where bytes are meant.
    BytesVersusCharacters = "bytes-versus-characters",
    /// Only ASCII letters are mapped.
    AsciiOnlyMapping = "ascii-only-mapping",
    /// What does not fit a fixed buffer is lost.
    TruncatesAtBuffer = "truncates-at-buffer",
    /// Bytes that are not UTF-8 end the whole program.
    DiesOnInvalidUtf8 = "dies-on-invalid-utf8",
    /// Bytes that are not UTF-8 end the connection.
    ClosesOnInvalidUtf8 = "closes-on-invalid-utf8",
    /// An empty line or message is fatal.
    DiesOnEmptyLine = "dies-on-empty-line",
    /// A reset connection ends the whole program.
    DiesOnReset = "dies-on-reset",
    /// One client's bad input or end stops the service for everybody.
    ServiceDies = "service-dies",
    /// The connection is never closed after the client's FIN; the program spins at end of file.
    SpinsAtEof = "spins-at-eof",
    /// The connection is never closed.
    NeverCloses = "never-closes",
    /// The connection is closed too early.
    ClosesEarly = "closes-early",
    /// What was asked before the FIN is not answered.
    LosesAnswersAtHalfClose = "loses-answers-at-half-close",
    /// A second client waits for the first.
    OneClientAtATime = "one-client-at-a-time",
    /// Clients share what should be their own.
    SharedState = "shared-state",
    /// A line without end is neither refused nor bounded.
    UnboundedLine = "unbounded-line",
    /// Output is kept in a buffer that is not flushed.
    MissingFlush = "missing-flush",
    /// Answers carry NUL bytes.
    PadsWithNul = "pads-with-nul",
    /// An answer ends with bytes of an earlier, longer one.
    LeaksPreviousDatagram = "leaks-previous-datagram",
    /// An empty datagram ends the loop.
    StopsAtEmptyDatagram = "stops-at-empty-datagram",
    /// Answers come one request late, or twice.
    AnswersLate = "answers-late",
    /// A NUL byte ends the text.
    NulTerminated = "nul-terminated",
    /// Large data comes back incomplete: a partial write is ignored.
    IgnoresPartialWrite = "ignores-partial-write",
    /// The date or time is not the present one.
    WrongTime = "wrong-time",
    /// The clock stands still.
    FrozenTime = "frozen-time",
    /// The argument is not kept as it came.
    StripsArgument = "strips-argument",
    /// Composed and decomposed accents are not kept as they came.
    NormalisesAccents = "normalises-accents",
    /// The game breaks its own rules.
    BrokenRules = "broken-rules",
    /// A known answer is missing where something else was sent: garbage after or before.
    ExtraOutput = "extra-output",
    /// An answer comes from another address or port.
    RepliesFromElsewhere = "replies-from-elsewhere",
    /// It could not be judged.
    NotJudged = "not-judged",
}
