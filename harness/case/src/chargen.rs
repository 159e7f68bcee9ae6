//! What a character generator sends (RFC 864).
//!
//! The RFC asks for no pattern; it shows a popular one, which is canonical here: lines of 72
//! characters from the ring of the 95 printable ones, each line one character further than the last,
//! each ended by CR LF.

/// The ring's first character, a space, and its last.
const RING: std::ops::RangeInclusive<u8> = b' '..=b'~';
/// Characters of a line, without its end.
const LINE: usize = 72;

/// Whether a text holds nothing but what shows and what ends a line.
pub fn is_printable(text: &[u8]) -> bool {
    text.iter()
        .all(|byte| RING.contains(byte) || matches!(byte, b'\t' | b'\n' | b'\r' | 0x0B | 0x0C))
}

/// Whether a text is a beginning of the canonical pattern, which may start with any of its lines.
pub fn rotates(text: &[u8]) -> bool {
    let Some(first) = text.first().filter(|first| RING.contains(first)) else {
        return text.is_empty();
    };
    let mut start = *first;
    text.chunks(LINE + 2).all(|line| {
        let expected = std::iter::successors(Some(start), |one| Some(next(*one)))
            .take(LINE)
            .chain(*b"\r\n");
        start = next(start);
        line.iter().copied().eq(expected.take(line.len()))
    })
}

fn next(character: u8) -> u8 {
    if character == *RING.end() {
        *RING.start()
    } else {
        character + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first lines of the example in RFC 864.
    const EXAMPLE: &[u8] =
        b" !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefg\r\n\
        !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefgh\r\n\
        \"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghi\r\n";

    #[test]
    fn the_example_of_the_rfc_rotates_wherever_it_stops() {
        for length in 0..=EXAMPLE.len() {
            assert!(rotates(&EXAMPLE[..length]), "{length}");
        }
        assert!(rotates(b"}~ !\""), "the ring is closed");
    }

    #[test]
    fn other_characters_are_printable_and_do_not_rotate() {
        for text in [&b"abcabc\n"[..], b"0123456789\n0123456789\n", b"\r\n"] {
            assert!(is_printable(text) && !rotates(text), "{text:?}");
        }
        assert!(!is_printable(b"a\0b") && !is_printable("é".as_bytes()));
    }
}
