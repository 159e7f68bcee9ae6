//! The catalogue of causes: what a diagnosis may name, and what a case may say its failure means.

use std::str::FromStr;

use crate::model::{Choice, UnknownChoice};

macro_rules! causes {
    ($($(#[$doc:meta])* $name:ident = $slug:literal,)*) => {
        /// The catalogue of causes. Each has a page: `sockspec explain CAUSE`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Cause { $($(#[$doc])* $name,)* }

        impl Cause {
            /// Every cause, in the catalogue's order.
            pub const ALL: &'static [Cause] = &[$(Cause::$name,)*];

            /// The stable slug.
            pub const fn as_str(self) -> &'static str {
                match self { $(Cause::$name => $slug,)* }
            }
        }

        impl Choice for Cause {
            const WORDS: &'static [&'static str] = &[$($slug,)*];
        }

        impl FromStr for Cause {
            type Err = UnknownChoice;

            fn from_str(text: &str) -> Result<Self, UnknownChoice> {
                match text {
                    $($slug => Ok(Cause::$name),)*
                    _ => Err(UnknownChoice { found: text.to_owned(), allowed: Self::WORDS }),
                }
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
    /// A write to a client that has left ends the whole program.
    KilledBySigpipe = "killed-by-sigpipe",
    /// A client that leaves ends the whole program.
    DiesAtEof = "dies-at-eof",
    /// One client's bad input or end stops the service for everybody.
    ServiceDies = "service-dies",
    /// The connection is never closed after the client's FIN; the program spins at end of file.
    SpinsAtEof = "spins-at-eof",
    /// The connection is never closed.
    NeverCloses = "never-closes",
    /// The connection is closed too early.
    ClosesEarly = "closes-early",
    /// The program stops reading though the client goes on.
    StopsReading = "stops-reading",
    /// What was asked before the FIN is not answered.
    LosesAnswersAtHalfClose = "loses-answers-at-half-close",
    /// A second client waits for the first.
    OneClientAtATime = "one-client-at-a-time",
    /// Only a few clients are served at once.
    TooFewClients = "too-few-clients",
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
    /// The first datagram gets no answer, later ones do.
    SkipsFirstDatagram = "skips-first-datagram",
    /// Answers come one request late, or twice.
    AnswersLate = "answers-late",
    /// A NUL byte ends the text.
    NulTerminated = "nul-terminated",
    /// Only the first of several words is treated.
    FirstWordOnly = "first-word-only",
    /// What the client wrote is taken for a format of `printf`.
    FormatString = "format-string",
    /// Large data comes back incomplete: a partial write is ignored.
    IgnoresPartialWrite = "ignores-partial-write",
    /// The date or time is not the present one.
    WrongTime = "wrong-time",
    /// A number is sent least significant byte first.
    ByteOrder = "byte-order",
    /// Seconds are counted from 1970 instead of 1900.
    WrongEpoch = "wrong-epoch",
    /// A number is not sent in as many bytes as it should be.
    WrongWidth = "wrong-width",
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
    /// Only the first request is answered, or only the first client served.
    StopsAfterFirstRequest = "stops-after-first-request",
    /// Nothing is returned until a newline comes, where the exercise knows no lines.
    WaitsForNewline = "waits-for-newline",
    /// A request is answered more than once.
    AnswersTwice = "answers-twice",
    /// A second client is turned away.
    SecondClientRefused = "second-client-refused",
    /// An answer goes to another client than the one that asked.
    RepliesToWrongClient = "replies-to-wrong-client",
    /// The last byte of a message is lost.
    DropsLastByte = "drops-last-byte",
    /// The build command fails.
    BuildFails = "build-fails",
    /// The program ends before it listens.
    DiesAtStart = "dies-at-start",
    /// The program listens on another port than the one it was given.
    ListensElsewhere = "listens-elsewhere",
    /// The program says that it does not do this exercise.
    Unimplemented = "unimplemented",
    /// The size announced is not that of what follows.
    WrongSize = "wrong-size",
    /// What is sent is no HTTP response.
    NotHttp = "not-http",
    /// A file outside the root is served.
    LeavesRoot = "leaves-root",
    /// A request that comes again is not answered.
    IgnoresRepeats = "ignores-repeats",
    /// Of several datagrams that wait only the last is answered.
    AnswersNewestOnly = "answers-newest-only",
    /// The first clients are answered for ever, later ones never.
    ClientTableFull = "client-table-full",
    /// A client that leaves before its answer ends the whole program.
    DiesOfVanishedClient = "dies-of-vanished-client",
    /// Wrong arguments are not refused.
    ArgumentsNotChecked = "arguments-not-checked",
    /// The program fails without a word, or with exit code 0.
    FailsSilently = "fails-silently",
    /// A `bind` that failed is not noticed.
    IgnoresFailedBind = "ignores-failed-bind",
    /// SIGINT or SIGTERM does not end the program.
    IgnoresSignals = "ignores-signals",
    /// The port cannot be had again at once.
    NoReuseAddress = "no-reuse-address",
    /// The program does not survive being stopped and resumed.
    DiesWhenStopped = "dies-when-stopped",
    /// A timeout of the program's own ends it, or a client's dialogue, after a moment of silence.
    GivesUpOnSilence = "gives-up-on-silence",
    /// The program asks again and again instead of waiting.
    BusyWaits = "busy-waits",
    /// Descriptors stay open after their clients.
    LeaksDescriptors = "leaks-descriptors",
    /// Threads go on after their clients.
    LeaksThreads = "leaks-threads",
    /// Child processes go on after their clients.
    LeavesChildren = "leaves-children",
    /// Child processes that ended are not waited for.
    LeavesZombies = "leaves-zombies",
    /// Memory grows with each client.
    LeaksMemory = "leaks-memory",
    /// What a program should show on its output does not show.
    LineNotShown = "line-not-shown",
    /// A line shows more often than it came.
    ShownTwice = "shown-twice",
    /// A menu takes a wrong choice for a right one, or ends with it.
    ChoiceNotChecked = "choice-not-checked",
    /// A program shows a port that is not that of a socket of its own.
    PortNotBound = "port-not-bound",
    /// A program shows a port as the network has it, its two bytes in the other order.
    PortNotConverted = "port-not-converted",
    /// A program does not end, or not with exit code 0, when its user has finished.
    LeavesWrongly = "leaves-wrongly",
    /// A client does not send what is typed.
    TypedNotSent = "typed-not-sent",
    /// A client's request is not whole: the server goes on waiting for the rest.
    IncompleteRequest = "incomplete-request",
    /// In a dialogue by turns, a line is sent before its turn.
    SpeaksOutOfTurn = "speaks-out-of-turn",
    /// The other side has left, and the program goes on waiting at the keyboard.
    WaitsAtKeyboard = "waits-at-keyboard",
    /// A client does not show the server's answer.
    AnswerNotShown = "answer-not-shown",
    /// A client says nothing of a server that has left, or was never there.
    HidesLostServer = "hides-lost-server",
    /// A client does not end, or not with exit code 0, when its user or the dialogue ends.
    EndsWrongly = "ends-wrongly",
    /// A client over UDP waits for ever for an answer that was lost.
    WaitsForEver = "waits-for-ever",
    /// A client takes answers from anywhere.
    TakesAnySender = "takes-any-sender",
    /// A client takes a late or doubled answer for the next question's.
    TakesLateAnswer = "takes-late-answer",
    /// It could not be judged.
    NotJudged = "not-judged",
}
