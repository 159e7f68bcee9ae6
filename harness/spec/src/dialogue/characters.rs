//! The parsers of single characters: those that stand for themselves, and escapes.

use winnow::Parser;
use winnow::combinator::{delimited, dispatch, empty, fail, opt, preceded};
use winnow::error::EmptyError;
use winnow::stream::{AsChar, Location, Stream as _};
use winnow::token::{any, take_till, take_while};

use super::Span;
use super::escape::is_unshowable;
use super::line::{Input, Sink, span_from};
use crate::codes;
use crate::diagnostic::Diagnostic;

/// An escape, the backslash included, appended to `bytes`.
pub(super) fn escape(input: &mut Input<'_>, bytes: &mut Vec<u8>) {
    let start = input.current_token_start();
    let before = input.checkpoint();
    if let Ok(character) = escaped_bytes(input) {
        bytes.extend_from_slice(&character);
        return;
    }
    input.reset(&before);
    let braces = delimited('{', take_till(0.., |c| matches!(c, '{' | '}')), '}');
    let text: &str = ('\\', opt(any::<_, EmptyError>))
        .take()
        .parse_next(input)
        .unwrap_or_default();
    if text == "\\u" {
        let _ = opt::<_, &str, EmptyError, _>(braces).parse_next(input);
    }
    let wrong = span_from(input, start);
    let found = Diagnostic::new(
        &codes::BAD_ESCAPE,
        wrong,
        if text == "\\" {
            "a backslash stands alone".to_owned()
        } else {
            format!("`{text}` is not an escape")
        },
    )
    .help(match text {
        "\\x" => "`\\x` takes two hexadecimal digits: `\\xC3`".to_owned(),
        "\\u" => "`\\u` takes a Unicode character's number in braces: `\\u{1F600}`".to_owned(),
        "\\ " | "\\s" => "a space is written `\\x20`".to_owned(),
        "\\" => "a literal backslash is `\\\\`".to_owned(),
        _ => {
            "a literal backslash is `\\\\`; the escapes are `\\\\`, `\\xHH`, `\\0`, `\\n`, `\\r`, \
              `\\t`, `\\|`, `\\{`, `\\}`, `\\/` and `\\u{1F600}`"
                .to_owned()
        }
    });
    input.state.report(found);
}

fn escaped_bytes(input: &mut Input<'_>) -> winnow::Result<Vec<u8>, EmptyError> {
    preceded(
        '\\',
        dispatch! { any;
            '\\' => empty.value(b"\\".to_vec()),
            '0' => empty.value(b"\0".to_vec()),
            'n' => empty.value(b"\n".to_vec()),
            'r' => empty.value(b"\r".to_vec()),
            't' => empty.value(b"\t".to_vec()),
            '|' => empty.value(b"|".to_vec()),
            '{' => empty.value(b"{".to_vec()),
            '}' => empty.value(b"}".to_vec()),
            '/' => empty.value(b"/".to_vec()),
            'x' => hexadecimal_byte.map(|byte| vec![byte]),
            'u' => unicode_character.map(|character| character.to_string().into_bytes()),
            _ => fail,
        },
    )
    .parse_next(input)
}

fn hexadecimal_byte(input: &mut Input<'_>) -> winnow::Result<u8, EmptyError> {
    take_while(2, AsChar::is_hex_digit)
        .verify_map(|digits| u8::from_str_radix(digits, 16).ok())
        .parse_next(input)
}

fn unicode_character(input: &mut Input<'_>) -> winnow::Result<char, EmptyError> {
    delimited('{', take_while(1..=6, AsChar::is_hex_digit), '}')
        .verify_map(|digits| char::from_u32(u32::from_str_radix(digits, 16).ok()?))
        .parse_next(input)
}

/// One character that stands for itself, appended to `bytes`.
pub(super) fn plain(input: &mut Input<'_>, bytes: &mut Vec<u8>) {
    let start = input.current_token_start();
    let Ok(character) = any::<_, EmptyError>.parse_next(input) else {
        return;
    };
    report_unshowable(input.state, span_from(input, start), character);
    bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
}

/// Reports a character that cannot be seen and yet stands raw.
pub(super) fn report_unshowable(sink: Sink<'_>, span: Span, character: char) {
    if is_unshowable(character) {
        let escape = match character {
            '\t' => "\\t".to_owned(),
            '\r' => "\\r".to_owned(),
            '\0' => "\\0".to_owned(),
            c if u32::from(c) < 0x80 => format!("\\x{:02X}", u32::from(c)),
            c => format!("\\u{{{:X}}}", u32::from(c)),
        };
        sink.report(
            Diagnostic::new(
                &codes::UNSHOWABLE,
                span,
                "a character that cannot be seen stands raw",
            )
            .label(format!("U+{:04X}", u32::from(character)))
            .help(format!("write `{escape}`, or remove it")),
        );
    }
}
