//! The mistakes, each with the name, the cause and the sentence that belong to it.

macro_rules! mistakes {
    ($($(#[cause($cause:literal)])? $mistake:ident, $name:literal, $summary:literal;)*) => {
        /// One mistake that students make.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Mistake {
            $(#[doc = $summary] $mistake,)*
        }

        impl Mistake {
            /// The flaw's name, the same in every exercise.
            pub(crate) const fn name(self) -> &'static str {
                match self { $(Self::$mistake => $name,)* }
            }

            /// The cause that a diagnosis gives; where nothing else is said, the name.
            pub(crate) const fn cause(self) -> &'static str {
                match self { $(Self::$mistake => first(&[$($cause,)? $name]),)* }
            }

            /// The mistake in one sentence, with the server as its subject.
            pub(crate) const fn summary(self) -> &'static str {
                match self { $(Self::$mistake => $summary,)* }
            }
        }
    };
}

const fn first(texts: &[&'static str]) -> &'static str {
    texts[0]
}

mistakes! {
    // Framing: a stream has no messages.
    OneRecvOneMessage, "one-recv-one-message",
        "takes what one recv returns as one request.";
    AnswersFirstOnly, "answers-first-only",
        "answers the first request that a recv completes and throws the others away.";
    LosesTail, "loses-tail",
        "throws away the beginning of a request that came behind another one's newline.";
    WaitsForNewline, "waits-for-newline",
        "answers nothing until a newline comes, though the exercise knows no lines.";
    KeepsCarriageReturn, "keeps-carriage-return",
        "leaves the CR of a CRLF at the end of the request.";
    MissingNewline, "missing-newline",
        "sends its answers without the newline that ends them.";
    TruncatesAtBuffer, "truncates-at-buffer",
        "keeps what fits its fixed buffer and drops the rest.";
    UnboundedLine, "unbounded-line",
        "copies a line into a buffer of 64 KiB without looking at its length, and dies of a longer one.";
    #[cause("unbounded-line")]
    KeepsEndlessLine, "keeps-endless-line",
        "keeps a line until its end comes, however much memory it takes.";
    StopsAfterFirstRequest, "stops-after-first-request",
        "ends after the first request that it answered.";
    #[cause("stops-after-first-request")]
    ServesOneClient, "serves-one-client",
        "ends after its first client, though others should follow.";
    AnswersLate, "answers-late",
        "sends each answer only when the next request comes.";
    #[cause("closes-early")]
    ForgetsAnswersAtEnd, "forgets-answers-at-end",
        "sends the answers to one recv together, and throws them away where the dialogue ends in it.";
    #[cause("never-answers")]
    ParametersAfterFirstGuess, "parameters-after-first-guess",
        "sends the game's parameters behind the first guess instead of at the start.";
    #[cause("never-answers")]
    WaitsForRequest, "waits-for-request",
        "tells the time only after the client has sent something.";

    // Text: a character has more than one byte.
    DecodesEachChunk, "decodes-each-chunk",
        "decodes each recv as UTF-8, and its thread dies where a segment cuts a character.";
    SplitCharacter, "split-character",
        "decodes each recv with U+FFFD in place of what is no UTF-8, such as half a character.";
    BytesVersusCharacters, "bytes-versus-characters",
        "sends as many bytes as the answer has characters, too few when there are accents.";
    AsciiOnlyMapping, "ascii-only-mapping",
        "changes the case of a to z only.";
    #[cause("wrong-answer")]
    ShiftsEveryByte, "shifts-every-byte",
        "subtracts 32 from every byte from `a` on, accents and braces included.";
    #[cause("wrong-answer")]
    WrongCase, "wrong-case",
        "gives small letters for capitals or the reverse.";
    #[cause("normalises-accents")]
    DecomposesAccents, "decomposes-accents",
        "splits accented letters into letter and accent (NFD).";
    #[cause("normalises-accents")]
    ComposesAccents, "composes-accents",
        "joins letters and accents that came apart (NFC).";
    #[cause("wrong-answer")]
    SplitsAtSeparators, "splits-at-separators",
        "takes U+0085, U+2028 and U+2029 for ends of lines, as `splitlines` does.";
    NulTerminated, "nul-terminated",
        "treats the text as a C string, which ends at a NUL byte.";
    #[cause("strips-argument")]
    DropsCarriageReturns, "drops-carriage-returns",
        "drops every CR of the text, and not only that of a line's end.";
    FormatString, "format-string",
        "hands what the client wrote to `printf` as a format.";
    StripsArgument, "strips-argument",
        "strips the white space around what it received.";
    DiesOnInvalidUtf8, "dies-on-invalid-utf8",
        "dies as a whole when a client sends bytes that are not UTF-8.";
    ClosesOnInvalidUtf8, "closes-on-invalid-utf8",
        "closes the connection when bytes come that are not UTF-8.";

    // Services that only read.
    #[cause("extra-output")]
    EchoesInput, "echoes-input",
        "sends back what it should only read.";
    #[cause("extra-output")]
    Greets, "greets",
        "greets its clients though it should say nothing.";
    #[cause("stops-reading")]
    ReadsOnce, "reads-once",
        "reads once, takes that for all, and keeps the socket open.";
    #[cause("closes-early")]
    ClosesAfterFirstRead, "closes-after-first-read",
        "reads once, takes that for all, and closes.";
    // Bytes that are no text.
    #[cause("wrong-answer")]
    SameByte, "same-byte",
        "sends back the byte itself instead of the next one.";
    #[cause("service-dies")]
    OverflowKills, "overflow-kills",
        "dies as a whole at the byte 255, whose successor is no byte.";
    #[cause("service-dies")]
    MoreThanAByteKills, "more-than-a-byte-kills",
        "dies as a whole when more than the one byte comes.";
    #[cause("wrong-answer")]
    EncodesAsText, "encodes-as-text",
        "sends the next character in UTF-8, of two bytes from 128 on.";

    // Messages that are confirmed.
    #[cause("wrong-answer")]
    ForgetsQuestion, "forgets-question",
        "answers every message alike, without the message in it.";
    #[cause("leaks-previous-datagram")]
    StaleBuffer, "stale-buffer",
        "answers with the tail of an earlier, longer message behind a shorter one.";
    #[cause("closes-early")]
    EndsAtPrefix, "ends-at-prefix",
        "takes every message for the last that only begins like it.";
    #[cause("extra-output")]
    FloodsAtEof, "floods-at-eof",
        "takes the end of the stream for one more message, and answers it over and over.";

    // Services that only write.
    #[cause("wrong-answer")]
    AllByteValues, "all-byte-values",
        "sends every value of a byte instead of printable characters only.";
    #[cause("closes-early")]
    SendsOneTurn, "sends-one-turn",
        "sends its pattern once and closes, though the client still listens.";
    #[cause("stops-after-first-request")]
    SendsOneLine, "sends-one-line",
        "sends one line and then waits, though the client still listens.";
    #[cause("wrong-answer")]
    LongDatagrams, "long-datagrams",
        "sends datagrams of more characters than the exercise allows.";
    #[cause("broken-rules")]
    EmptyDatagrams, "empty-datagrams",
        "sends datagrams without anything in them.";

    // Ends: clients leave in many ways.
    DiesOnReset, "dies-on-reset",
        "dies as a whole when one connection is reset.";
    #[cause("dies-at-eof")]
    DiesOnSilentClient, "dies-on-silent-client",
        "dies as a whole when a client leaves without having said anything.";
    #[cause("killed-by-sigpipe")]
    DiesWriting, "dies-writing",
        "dies as a whole when it writes to a client that has half-closed, then reset.";
    SpinsAtEof, "spins-at-eof",
        "reads on at the end of the stream, at full speed, and never closes.";
    NeverCloses, "never-closes",
        "does not close its socket when the client has ended.";
    #[cause("never-closes")]
    DoesNotClose, "does-not-close",
        "goes on where the dialogue is over and the server should close.";
    LosesAnswersAtHalfClose, "loses-answers-at-half-close",
        "leaves at the client's FIN without answering what came just before it.";
    IgnoresPartialWrite, "ignores-partial-write",
        "does not look how much of an answer the socket took, and loses the rest.";

    // Many clients.
    OneClientAtATime, "one-client-at-a-time",
        "serves the next client only when the one before has left.";
    SecondClientRefused, "second-client-refused",
        "closes every connection that comes while another client is there.";
    #[cause("shared-state")]
    ThrowsOutNewest, "throws-out-newest",
        "closes, when one of several clients leaves, the connection of the one that came last.";
    #[cause("too-few-clients")]
    PoolOfTwo, "pool-of-two",
        "serves two clients at a time; the third waits until one of them has left.";
    #[cause("one-client-at-a-time")]
    OneLockForAll, "one-lock-for-all",
        "holds one lock for all clients while it writes.";
    #[cause("shared-state")]
    AnswersNewestClient, "answers-newest-client",
        "keeps the connection in a global variable: answers go to the client that came last.";
    SharedBuffer, "shared-state",
        "collects what all clients send in one global buffer.";
    SharedGame, "shared-state",
        "keeps the game in a global variable, which each new client overwrites.";

    // Games.
    #[cause("broken-rules")]
    DrawsFromZero, "draws-from-zero",
        "draws its number from 0 to n-1 instead of from 1 to n.";

    // Requests that nobody expected.
    DiesOnEmptyLine, "dies-on-empty-line",
        "dies as a whole at an empty line.";
    #[cause("service-dies")]
    UnknownCommandKills, "unknown-command-kills",
        "dies as a whole at a command that it does not know.";
    #[cause("service-dies")]
    BareCommandKills, "bare-command-kills",
        "dies as a whole at a command whose argument is missing.";
    #[cause("service-dies")]
    UnknownKeyKills, "unknown-key-kills",
        "dies as a whole at a key that it does not have.";
    #[cause("service-dies")]
    DiesOnBadNumber, "dies-on-bad-number",
        "dies as a whole at a guess that is not a number.";

    // Answers.
    #[cause("wrong-answer")]
    EchoesCommand, "echoes-command",
        "answers with the command and its argument instead of the argument only.";
    #[cause("wrong-answer")]
    WrongValue, "wrong-value",
        "answers every known key with the same value.";
    #[cause("wrong-answer")]
    MatchesPrefix, "matches-prefix",
        "takes a key for known when it only begins like one.";
    #[cause("bytes-versus-characters")]
    CountsCharacters, "counts-characters",
        "announces the size of a text in characters.";
    #[cause("wrong-size")]
    DecodesFiles, "decodes-files",
        "reads files as text, U+FFFD in place of what is no UTF-8.";
    #[cause("wrong-size")]
    EndsFileWithNewline, "ends-file-with-newline",
        "sends a newline behind a file, which the announced size does not count.";
    #[cause("wrong-answer")]
    EmptyIsMissing, "empty-is-missing",
        "takes an empty file for one that is not there.";
    #[cause("truncates-at-buffer")]
    ReadsFileOnce, "reads-file-once",
        "reads a file with one call, into a buffer of 64 KiB.";
    #[cause("service-dies")]
    MissingFileKills, "missing-file-kills",
        "dies as a whole at a file that is not there.";
    #[cause("service-dies")]
    FolderKills, "folder-kills",
        "dies as a whole at a folder, which it cannot read as a file.";

    // HTTP.
    #[cause("stops-after-first-request")]
    IgnoresNextRequest, "ignores-next-request",
        "keeps the connection open and reads no second request.";
    #[cause("wrong-answer")]
    SendsBodyAfterHead, "sends-body-after-head",
        "answers HEAD with the body, too.";
    #[cause("wrong-size")]
    NoContentLength, "no-content-length",
        "does not say how long the body is, and closes behind it.";
    #[cause("wrong-answer")]
    NoContentType, "no-content-type",
        "does not say what a file is.";
    #[cause("wrong-answer")]
    CallsAllPlain, "calls-all-plain",
        "says that every file is plain text, pages too.";
    #[cause("not-http")]
    NoEmptyLine, "no-empty-line",
        "sends the body without the empty line before it.";
    #[cause("wrong-answer")]
    PageForMissing, "page-for-missing",
        "answers 200 with a page that says that there is none.";
    #[cause("wrong-answer")]
    NoIndex, "no-index",
        "does not know that `/` is the page `index.html`.";
    #[cause("wrong-answer")]
    ServesAnyMethod, "serves-any-method",
        "does not look at the method: POST and DELETE get the file, too.";
    #[cause("wrong-answer")]
    RefusesWithoutAllow, "refuses-without-allow",
        "answers 405 without saying which methods are allowed.";
    #[cause("service-dies")]
    BadRequestKills, "bad-request-kills",
        "dies as a whole at a request line without three words.";
    #[cause("wrong-answer")]
    ClosesOnBadRequest, "closes-on-bad-request",
        "closes without a word where a request line has not three words.";
    #[cause("wrong-answer")]
    RefusesOldVersion, "refuses-old-version",
        "answers 400 to a client of HTTP/1.0.";
    #[cause("wrong-answer")]
    WantsHostFirst, "wants-host-first",
        "takes the second line of a request for its Host.";
    #[cause("never-closes")]
    CaseSensitiveHeaders, "case-sensitive-headers",
        "knows the header `Connection: close` only when it is spelt so.";

    // Two partners at once: the user and the client.
    WaitsAtKeyboard, "waits-at-keyboard",
        "waits at the keyboard when its client has left.";
    SpeaksOutOfTurn, "speaks-out-of-turn",
        "sends what is typed without waiting for its turn.";
    #[cause("line-not-shown")]
    SpeaksByTurns, "speaks-by-turns",
        "sends a line only when it has received one, and hears nothing before.";
    #[cause("leaves-wrongly")]
    DiesAtEndOfInput, "dies-at-end-of-input",
        "dies when there is nothing more to read on its standard input.";
    #[cause("never-closes")]
    IgnoresEndOfInput, "ignores-end-of-input",
        "neither closes nor ends when its user has finished.";

    // What shows on the screen.
    #[cause("shown-twice")]
    PrintsTwice, "prints-twice",
        "prints each line twice.";
    #[cause("line-not-shown")]
    PrintsLate, "prints-late",
        "prints each line only when the next one has come, and never the last.";
    #[cause("line-not-shown")]
    PrintsAtEnd, "prints-at-end",
        "keeps all lines, and prints them when their client has left.";
    #[cause("line-not-shown")]
    PrintsOnStderr, "prints-on-stderr",
        "prints what it should show on its standard error.";
    #[cause("line-not-shown")]
    PrintsNotation, "prints-notation",
        "prints each line as its language writes bytes, in quotation marks behind a `b`.";
    #[cause("line-not-shown")]
    PrintsAscii, "prints-ascii",
        "prints a question mark for each character that is not ASCII.";
    #[cause("missing-newline")]
    PrintsWithoutNewline, "prints-without-newline",
        "prints the lines without what ends them, all in one.";

    // Servers that ask each other.
    #[cause("wrong-answer")]
    AsksNobody, "asks-nobody",
        "answers for itself only: its peer is never asked.";
    #[cause("wrong-answer")]
    RelaysNothing, "relays-nothing",
        "asks its peer for clients, but not for another server.";
    #[cause("wrong-answer")]
    StopsOneEarly, "stops-one-early",
        "lets one server fewer be asked than the limit allows.";
    #[cause("wrong-answer")]
    NoHopLimit, "no-hop-limit",
        "passes a request on however many servers it has been through.";
    #[cause("wrong-answer")]
    KeepsHopCount, "keeps-hop-count",
        "passes a request on with as many hops as it came with.";
    #[cause("wrong-answer")]
    LeavesItselfOut, "leaves-itself-out",
        "does not add itself to the servers that a request has been through.";
    #[cause("wrong-answer")]
    IgnoresPath, "ignores-path",
        "never looks whether a request has been there before.";
    #[cause("service-dies")]
    CycleKills, "cycle-kills",
        "dies when a request comes back to it.";
    #[cause("closes-early")]
    DeadPeerClosesClient, "dead-peer-closes-client",
        "closes its client's connection when its peer is not there.";
    #[cause("never-answers")]
    WaitsForPeer, "waits-for-peer",
        "waits for ever for a peer that says nothing.";
    #[cause("one-client-at-a-time")]
    LocksWhileAsking, "locks-while-asking",
        "holds the lock of its table while it asks its peer.";

    // Files outside the root.
    #[cause("leaves-root")]
    FollowsDotDot, "follows-dot-dot",
        "follows `..` out of the root.";
    #[cause("leaves-root")]
    ServesAbsolutePaths, "serves-absolute-paths",
        "takes an absolute path instead of joining it to the root.";
    #[cause("leaves-root")]
    FollowsLinks, "follows-links",
        "follows symbolic links out of the root.";
    #[cause("leaves-root")]
    ComparesPrefix, "compares-prefix",
        "takes whatever path begins with the root's letters for one below it.";
    #[cause("leaves-root")]
    DecodesAfterCheck, "decodes-after-check",
        "looks for `..` before it decodes the `%` of a path.";

    #[cause("broken-rules")]
    InvertedHints, "inverted-hints",
        "compares the wrong way round: greater for smaller.";
    #[cause("broken-rules")]
    MissesExactGuess, "misses-exact-guess",
        "answers the right guess with a hint, for want of a test of equality.";
    #[cause("broken-rules")]
    OneTryTooMany, "one-try-too-many",
        "grants one try more than it announced.";
    #[cause("broken-rules")]
    OneTryTooFew, "one-try-too-few",
        "grants one try less than it announced.";
    #[cause("broken-rules")]
    SecretChanges, "secret-changes",
        "chooses another number at each guess.";
    #[cause("broken-rules")]
    RedrawsOnError, "redraws-on-error",
        "chooses another number after a guess that is no number.";
    #[cause("broken-rules")]
    ConstantSecret, "constant-secret",
        "has the same number in every game.";
    WrongTime, "wrong-time",
        "tells the beginning of 1970 instead of now.";
    FrozenTime, "frozen-time",
        "tells the time at which it was started.";
    #[cause("wrong-time")]
    DateWithoutTime, "date-without-time",
        "tells the date without the time of day.";
    #[cause("byte-order")]
    HostByteOrder, "host-byte-order",
        "sends a number as it stands in memory, least significant byte first.";
    WrongEpoch, "wrong-epoch",
        "counts the seconds from 1970 instead of 1900.";
    #[cause("wrong-width")]
    EightBytes, "eight-bytes",
        "sends a number as a long of eight bytes where four are asked for.";
    #[cause("wrong-width")]
    NumberAsText, "number-as-text",
        "sends the digits of a number instead of its four bytes.";

    // Datagrams.
    StopsAtEmptyDatagram, "stops-at-empty-datagram",
        "takes an empty datagram for the end, and ends.";
    #[cause("service-dies")]
    EndsAtQuit, "ends-at-quit",
        "takes the word `quit` of any client for its own end.";
    #[cause("pads-with-nul")]
    SendsTerminator, "sends-terminator",
        "sends the NUL that ends its string with each answer.";
    #[cause("extra-output")]
    TwoLines, "two-lines",
        "tells the date on one line and the time on another.";
    SkipsFirstDatagram, "skips-first-datagram",
        "answers the first datagram of all to an address that it has not been told.";
    #[cause("stops-at-empty-datagram")]
    SilentOnEmptyDatagram, "silent-on-empty-datagram",
        "does not answer an empty datagram.";
    PadsWithNul, "pads-with-nul",
        "sends its whole buffer, NUL bytes behind the answer.";
    LeaksPreviousDatagram, "leaks-previous-datagram",
        "answers with the tail of an earlier, longer datagram behind a shorter one.";
    #[cause("replies-to-wrong-client")]
    RepliesToLastClient, "replies-to-last-client",
        "answers to the address that the datagram before came from.";
    #[cause("replies-from-elsewhere")]
    RepliesFromOtherPort, "replies-from-other-port",
        "answers from a new socket, thus from another port.";
    #[cause("second-client-refused")]
    AnswersOnlyFirstClient, "answers-only-first-client",
        "connects its socket to the first client, so that it never hears another.";
    DropsLastByte, "drops-last-byte",
        "drops the last byte of each datagram, for the newline that it takes it to be.";
    AnswersTwice, "answers-twice",
        "sends each answer twice.";
    IgnoresRepeats, "ignores-repeats",
        "takes a datagram that comes again for a copy made by the network, and does not answer it.";
    #[cause("answers-late")]
    LateAfterRepeat, "late-after-repeat",
        "keeps the answer to a datagram that comes again, and is one answer late until another client comes.";
    AnswersNewestOnly, "answers-newest-only",
        "empties its socket and answers the last of the datagrams that waited there.";
    ClientTableFull, "client-table-full",
        "remembers its clients in a table of 16 places, and ignores those that find none.";
    DiesOfVanishedClient, "dies-of-vanished-client",
        "dies when the system reports that a client has left before its answer came.";
    #[cause("dies-of-vanished-client")]
    GivesUpOnErrors, "gives-up-on-errors",
        "ends when the system has reported ten clients that left before their answer came.";
    #[cause("service-dies")]
    DiesOfBacklog, "dies-of-backlog",
        "hands its work on through a queue of 64 places, and dies when that is full.";
    #[cause("replies-to-wrong-client")]
    AnswersEverybody, "answers-everybody",
        "sends each answer to all of the last eight clients.";
}
