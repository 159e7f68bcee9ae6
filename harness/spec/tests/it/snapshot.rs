//! A snapshot of a text that a person reads, without the expression that made it.

/// Compares a text with the snapshot named after the test.
macro_rules! snapshot {
    ($text:expr) => {
        insta::with_settings!({omit_expression => true}, {
            insta::assert_snapshot!($text);
        })
    };
}
pub(crate) use snapshot;
