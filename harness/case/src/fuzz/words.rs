//! Random texts of the corpus's two kinds.
//!
//! Letters are taken from blocks on which all languages' tables agree: what two versions of Unicode map
//! differently is nobody's mistake.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use sockspec_spec::corpus;
use sockspec_spec::model::Corpus;

/// Blocks of letters and signs: old, and mapped by everybody alike.
const BLOCKS: [(char, char); 9] = [
    ('a', 'z'),
    ('A', 'Z'),
    ('0', '9'),
    ('À', 'Ö'),
    ('à', 'ö'),
    ('А', 'я'),
    ('一', '丿'),
    ('가', '갿'),
    ('😀', '😎'),
];

/// A text that is UTF-8, of at most `most` pieces, a piece being a character or a text of the corpus.
pub(super) fn valid(most: usize) -> impl Strategy<Value = Vec<u8>> {
    pieces(
        prop_oneof![
            4 => letter().prop_map(|letter| letter.to_string().into_bytes()),
            1 => of_corpus(Corpus::Valid),
        ]
        .boxed(),
        most,
    )
}

/// Bytes that need not be UTF-8, of at most `most` pieces.
pub(super) fn invalid(most: usize) -> impl Strategy<Value = Vec<u8>> {
    pieces(
        prop_oneof![
            3 => (0x80u8..=0xFF).prop_map(|byte| vec![byte]),
            2 => of_corpus(Corpus::Invalid),
            2 => letter().prop_map(|letter| letter.to_string().into_bytes()),
        ]
        .boxed(),
        most,
    )
}

fn letter() -> impl Strategy<Value = char> {
    select(&BLOCKS[..]).prop_flat_map(|(first, last)| proptest::char::range(first, last))
}

fn of_corpus(half: Corpus) -> impl Strategy<Value = Vec<u8>> {
    select(corpus::entries(half)).prop_map(|entry| entry.bytes)
}

/// Short texts most of the time, long ones now and then.
fn pieces(piece: BoxedStrategy<Vec<u8>>, most: usize) -> impl Strategy<Value = Vec<u8>> {
    let up_to = move |count: usize| vec(piece.clone(), 1..=count.clamp(1, most));
    prop_oneof![
        8 => up_to(6),
        3 => up_to(40),
        1 => up_to(most),
    ]
    .prop_map(|pieces| pieces.concat())
}
