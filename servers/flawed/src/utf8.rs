//! Where characters begin and end in bytes.

/// How many bytes at the end of `bytes` are a character whose last bytes have not come: 0 to 3.
pub(crate) fn unfinished(bytes: &[u8]) -> usize {
    for length in 1..=bytes.len().min(3) {
        let character_length = match bytes[bytes.len() - length] {
            0b1100_0000..=0b1101_1111 => 2,
            0b1110_0000..=0b1110_1111 => 3,
            0b1111_0000..=0b1111_0111 => 4,
            0b1000_0000..=0b1011_1111 => continue,
            _ => 1,
        };
        return if length < character_length { length } else { 0 };
    }
    0
}

/// How many characters `bytes` have: bytes that do not continue a character.
pub(crate) fn characters(bytes: &[u8]) -> usize {
    bytes
        .iter()
        .filter(|&&byte| !(0x80..0xC0).contains(&byte))
        .count()
}

/// What `printf` makes of `format` where nothing else was handed to it: each conversion finds nothing to convert.
pub(crate) fn printed(format: &[u8]) -> Vec<u8> {
    let mut printed = Vec::new();
    let mut rest = format;
    while let Some((&byte, after)) = rest.split_first() {
        match (byte, after.split_first()) {
            (b'%', Some((b'n' | b'N', after))) => rest = after,
            (b'%', Some((b'd' | b'D' | b's' | b'S' | b'x' | b'X', after))) => {
                printed.extend(b"(null)");
                rest = after;
            }
            _ => {
                printed.push(byte);
                rest = after;
            }
        }
    }
    printed
}

/// Finds bytes that are not UTF-8 in a stream, however it is cut.
#[derive(Default)]
pub(crate) struct Watch {
    unfinished: Vec<u8>,
}

impl Watch {
    /// Whether the stream is UTF-8 up to the end of `chunk`, a last character left unfinished
    /// or not.
    pub(crate) fn is_valid(&mut self, chunk: &[u8]) -> bool {
        self.unfinished.extend_from_slice(chunk);
        let end = self.unfinished.len() - unfinished(&self.unfinished);
        let rest = self.unfinished.split_off(end);
        let valid = str::from_utf8(&self.unfinished).is_ok();
        self.unfinished = rest;
        valid
    }
}

/// `text` with `change` applied to all that is UTF-8, and the rest as it is.
pub(crate) fn map_text(bytes: &[u8], change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut mapped = Vec::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        mapped.extend_from_slice(change(chunk.valid()).as_bytes());
        mapped.extend_from_slice(chunk.invalid());
    }
    mapped
}
