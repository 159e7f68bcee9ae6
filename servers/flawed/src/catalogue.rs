//! Which exercise can have which mistake.

use std::sync::LazyLock;

use crate::mistake::Mistake::{self, *};

/// One flaw of one exercise's server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flaw {
    /// The exercise's id.
    pub exercise: &'static str,
    /// The flaw's name, in kebab case; the same mistake has the same name in every exercise.
    pub name: &'static str,
    /// The mistake, in one sentence whose subject is the server.
    pub summary: &'static str,
    /// The cause that a diagnosis should give.
    pub cause: &'static str,
}

/// Every flaw of every exercise, exercise by exercise.
pub fn flaws() -> &'static [Flaw] {
    static FLAWS: LazyLock<Vec<Flaw>> = LazyLock::new(|| {
        let flaws = CATALOGUE.iter().flat_map(|&(exercise, mistakes)| {
            mistakes.iter().map(move |mistake| Flaw {
                exercise,
                name: mistake.name(),
                summary: mistake.summary(),
                cause: mistake.cause(),
            })
        });
        flaws.collect()
    });
    &FLAWS
}

/// The exercises' ids.
pub(crate) fn exercises() -> &'static [&'static str] {
    static EXERCISES: LazyLock<Vec<&'static str>> =
        LazyLock::new(|| CATALOGUE.iter().map(|&(exercise, _)| exercise).collect());
    &EXERCISES
}

/// The mistakes of an exercise; `None` where there is no such exercise.
pub(crate) fn mistakes(exercise: &str) -> Option<&'static [Mistake]> {
    CATALOGUE
        .iter()
        .find(|(id, _)| *id == exercise)
        .map(|&(_, mistakes)| mistakes)
}

const CATALOGUE: &[(&str, &[Mistake])] = &[
    (
        "echo-tcp",
        &[
            WaitsForNewline,
            TruncatesAtBuffer,
            StopsAfterFirstRequest,
            DecodesEachChunk,
            SplitCharacter,
            BytesVersusCharacters,
            NulTerminated,
            StripsArgument,
            DiesOnInvalidUtf8,
            ClosesOnInvalidUtf8,
            DiesOnReset,
            DiesOnSilentClient,
            DiesWriting,
            SpinsAtEof,
            NeverCloses,
            LosesAnswersAtHalfClose,
            IgnoresPartialWrite,
        ],
    ),
    (
        "echo-udp",
        &[
            StopsAtEmptyDatagram,
            TruncatesAtBuffer,
            PadsWithNul,
            LeaksPreviousDatagram,
            DropsLastByte,
            RepliesToLastClient,
            RepliesFromOtherPort,
            AnswersOnlyFirstClient,
            AnswersTwice,
            AnswersLate,
            StopsAfterFirstRequest,
            SplitCharacter,
            BytesVersusCharacters,
            NulTerminated,
            StripsArgument,
            DiesOnInvalidUtf8,
        ],
    ),
    (
        "upper-tcp",
        &[
            WaitsForNewline,
            TruncatesAtBuffer,
            StopsAfterFirstRequest,
            DecodesEachChunk,
            SplitCharacter,
            BytesVersusCharacters,
            ShiftsEveryByte,
            WrongCase,
            DecomposesAccents,
            ComposesAccents,
            NulTerminated,
            StripsArgument,
            DiesOnInvalidUtf8,
            ClosesOnInvalidUtf8,
            DiesOnReset,
            DiesOnSilentClient,
            DiesWriting,
            SpinsAtEof,
            NeverCloses,
            LosesAnswersAtHalfClose,
            IgnoresPartialWrite,
            OneClientAtATime,
            SecondClientRefused,
            SharedBuffer,
            PoolOfTwo,
            AnswersNewestClient,
            OneLockForAll,
        ],
    ),
    (
        "upper-udp",
        &[
            StopsAtEmptyDatagram,
            TruncatesAtBuffer,
            PadsWithNul,
            LeaksPreviousDatagram,
            DropsLastByte,
            RepliesToLastClient,
            RepliesFromOtherPort,
            AnswersOnlyFirstClient,
            AnswersTwice,
            AnswersLate,
            StopsAfterFirstRequest,
            BytesVersusCharacters,
            ShiftsEveryByte,
            WrongCase,
            DecomposesAccents,
            ComposesAccents,
            NulTerminated,
            StripsArgument,
            DiesOnInvalidUtf8,
        ],
    ),
    (
        "text-commands",
        &[
            OneRecvOneMessage,
            AnswersFirstOnly,
            LosesTail,
            KeepsCarriageReturn,
            MissingNewline,
            TruncatesAtBuffer,
            UnboundedLine,
            StopsAfterFirstRequest,
            AnswersLate,
            DecodesEachChunk,
            SplitsAtSeparators,
            SplitCharacter,
            BytesVersusCharacters,
            AsciiOnlyMapping,
            WrongCase,
            DecomposesAccents,
            ComposesAccents,
            NulTerminated,
            StripsArgument,
            DiesOnInvalidUtf8,
            ClosesOnInvalidUtf8,
            DiesOnReset,
            DiesOnSilentClient,
            DiesWriting,
            SpinsAtEof,
            NeverCloses,
            LosesAnswersAtHalfClose,
            DiesOnEmptyLine,
            UnknownCommandKills,
            BareCommandKills,
            EchoesCommand,
            WrongTime,
            FrozenTime,
        ],
    ),
    (
        "mystery-number",
        &[
            OneRecvOneMessage,
            AnswersFirstOnly,
            LosesTail,
            KeepsCarriageReturn,
            MissingNewline,
            UnboundedLine,
            StopsAfterFirstRequest,
            AnswersLate,
            ParametersAfterFirstGuess,
            DiesOnInvalidUtf8,
            ClosesOnInvalidUtf8,
            DiesOnReset,
            SpinsAtEof,
            NeverCloses,
            DoesNotClose,
            LosesAnswersAtHalfClose,
            SharedGame,
            DiesOnEmptyLine,
            DiesOnBadNumber,
            InvertedHints,
            MissesExactGuess,
            OneTryTooMany,
            OneTryTooFew,
            SecretChanges,
            ConstantSecret,
        ],
    ),
    (
        "kv",
        &[
            OneRecvOneMessage,
            AnswersFirstOnly,
            LosesTail,
            KeepsCarriageReturn,
            MissingNewline,
            UnboundedLine,
            StopsAfterFirstRequest,
            AnswersLate,
            DecodesEachChunk,
            SplitsAtSeparators,
            DiesOnInvalidUtf8,
            ClosesOnInvalidUtf8,
            DiesOnReset,
            DiesOnSilentClient,
            DiesWriting,
            SpinsAtEof,
            NeverCloses,
            DoesNotClose,
            LosesAnswersAtHalfClose,
            OneClientAtATime,
            SecondClientRefused,
            SharedBuffer,
            PoolOfTwo,
            AnswersNewestClient,
            DiesOnEmptyLine,
            UnknownKeyKills,
            WrongValue,
            MatchesPrefix,
        ],
    ),
    (
        "daytime-tcp",
        &[
            MissingNewline,
            WaitsForRequest,
            ServesOneClient,
            DiesOnReset,
            DoesNotClose,
            WrongTime,
            FrozenTime,
            DateWithoutTime,
        ],
    ),
    (
        "daytime-udp",
        &[
            MissingNewline,
            StopsAtEmptyDatagram,
            SilentOnEmptyDatagram,
            PadsWithNul,
            RepliesToLastClient,
            RepliesFromOtherPort,
            AnswersOnlyFirstClient,
            AnswersTwice,
            StopsAfterFirstRequest,
            WrongTime,
            FrozenTime,
            DateWithoutTime,
        ],
    ),
    (
        "time-tcp",
        &[
            HostByteOrder,
            WrongEpoch,
            EightBytes,
            NumberAsText,
            FrozenTime,
            WaitsForRequest,
            ServesOneClient,
            DiesOnReset,
            NeverCloses,
        ],
    ),
    (
        "time-udp",
        &[
            HostByteOrder,
            WrongEpoch,
            EightBytes,
            NumberAsText,
            FrozenTime,
            StopsAtEmptyDatagram,
            SilentOnEmptyDatagram,
            RepliesToLastClient,
            RepliesFromOtherPort,
            AnswersOnlyFirstClient,
            AnswersTwice,
            StopsAfterFirstRequest,
            DiesOnInvalidUtf8,
        ],
    ),
    (
        "discard-tcp",
        &[
            EchoesInput,
            Greets,
            ReadsOnce,
            ClosesAfterFirstRead,
            DiesOnInvalidUtf8,
            ClosesOnInvalidUtf8,
            ServesOneClient,
            DiesOnReset,
            SpinsAtEof,
            NeverCloses,
        ],
    ),
    (
        "discard-udp",
        &[
            EchoesInput,
            ReadsOnce,
            StopsAfterFirstRequest,
            StopsAtEmptyDatagram,
            DiesOnInvalidUtf8,
        ],
    ),
];
