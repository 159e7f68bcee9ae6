//! The parsers of what follows a sigil: exact text, patterns, values.

use winnow::Parser;
use winnow::ascii::dec_uint;
use winnow::combinator::{opt, peek, preceded, terminated};
use winnow::error::EmptyError;
use winnow::stream::Location;
use winnow::token::{any, take_till};

use super::characters::{escape, plain, report_unshowable};
use super::line::{Input, is_name, span_from};
use super::{MAX_REPEATED_BYTES, Part, Pattern, PatternPiece, Segment};
use crate::codes;
use crate::diagnostic::Diagnostic;

/// Exact text to the end of the input: at least one segment.
pub(super) fn segments(input: &mut Input<'_>) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut parts = Vec::new();
    let mut literal = Vec::new();
    // Whether the last byte of `literal` is a space that stands raw: the one dropped before `|`.
    let mut raw_space = false;
    while let Some(next) = next(input) {
        let space = next == ' ';
        match next {
            '|' => {
                skip(input);
                let _ = opt::<_, _, EmptyError, _>(' ').parse_next(input);
                if raw_space {
                    literal.pop();
                }
                end_literal(&mut parts, &mut literal);
                segments.push(Segment(std::mem::take(&mut parts)));
            }
            '{' => {
                end_literal(&mut parts, &mut literal);
                parts.extend(exact_braces(input));
            }
            '}' => stray_brace(input),
            '\\' => escape(input, &mut literal),
            _ => plain(input, &mut literal),
        }
        raw_space = space;
    }
    end_literal(&mut parts, &mut literal);
    segments.push(Segment(parts));
    segments
}

fn end_literal(parts: &mut Vec<Part>, literal: &mut Vec<u8>) {
    if !literal.is_empty() {
        parts.push(Part::Literal(std::mem::take(literal)));
    }
}

/// A pattern to the end of the input.
pub(super) fn pattern(input: &mut Input<'_>) -> Pattern {
    pattern_pieces(input, true)
}

/// The literal form of a vocabulary word: a pattern in which `/` stands for itself.
pub(super) fn literal_form(input: &mut Input<'_>) -> Pattern {
    pattern_pieces(input, false)
}

fn pattern_pieces(input: &mut Input<'_>, with_regexes: bool) -> Pattern {
    let mut pieces = Vec::new();
    let mut literal = Vec::new();
    while let Some(next) = next(input) {
        match next {
            '{' => {
                end_piece(&mut pieces, &mut literal);
                pieces.extend(pattern_braces(input));
            }
            '/' if with_regexes => {
                end_piece(&mut pieces, &mut literal);
                pieces.extend(regex(input));
            }
            '|' => stray_pipe(input, "a pattern has no segments"),
            '}' => stray_brace(input),
            '\\' => escape(input, &mut literal),
            _ => plain(input, &mut literal),
        }
    }
    end_piece(&mut pieces, &mut literal);
    Pattern(pieces)
}

fn end_piece(pieces: &mut Vec<PatternPiece>, literal: &mut Vec<u8>) {
    if !literal.is_empty() {
        pieces.push(PatternPiece::Literal(std::mem::take(literal)));
    }
}

/// A value to the end of the input: escapes and repetitions, and neither names nor segments.
pub(super) fn value(input: &mut Input<'_>) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut literal = Vec::new();
    while let Some(next) = next(input) {
        match next {
            '|' => stray_pipe(input, "a value has no segments"),
            '{' => {
                end_literal(&mut parts, &mut literal);
                let start = input.current_token_start();
                match exact_braces(input) {
                    Some(Part::Value(_) | Part::File(_) | Part::Size(_)) => input.state.report(
                        Diagnostic::new(
                            &codes::BAD_BRACE,
                            span_from(input, start),
                            "a value cannot name another",
                        )
                        .help("a literal brace is `\\{`; only `{repeat:COUNT:TEXT}` stands in a value"),
                    ),
                    part => parts.extend(part),
                }
            }
            '}' => stray_brace(input),
            '\\' => escape(input, &mut literal),
            _ => plain(input, &mut literal),
        }
    }
    end_literal(&mut parts, &mut literal);
    parts
}

/// `{name}`, `{repeat:COUNT:TEXT}`, `{file:PATH}` or `{size:PATH}` in exact text.
fn exact_braces(input: &mut Input<'_>) -> Option<Part> {
    let start = input.current_token_start();
    skip(input);
    let name = braced_name(input);
    if name == "repeat" {
        return repeat(input, start);
    }
    match next(input) {
        Some('}') => {
            skip(input);
            checked_name(input, start, name).then(|| Part::Value(name.to_owned()))
        }
        Some(':') if matches!(name, "file" | "size") => {
            let is_file = name == "file";
            let path = text_argument(input, start)?;
            Some(match is_file {
                true => Part::File(path),
                false => Part::Size(path),
            })
        }
        Some(':') => {
            argument(input);
            let found = Diagnostic::new(
                &codes::PATTERN_IN_EXACT,
                span_from(input, start),
                "a pattern stands in exact text",
            )
            .help("write `~` instead of `:` or `>`, or a literal brace as `\\{`");
            input.state.report(found);
            None
        }
        _ => unclosed(input, start),
    }
}

/// The rest of `{repeat:COUNT:TEXT}`, after its name.
fn repeat(input: &mut Input<'_>, start: usize) -> Option<Part> {
    let counted =
        preceded::<_, _, _, EmptyError, _, _>(':', terminated(dec_uint::<_, u32, _>, ':'))
            .parse_next(input)
            .ok();
    let mut bytes = Vec::new();
    if !braced_text(input, &mut bytes) {
        return unclosed(input, start);
    }
    let problem = match counted {
        None => "a repetition is not `{repeat:COUNT:TEXT}`",
        Some(0) => "this repeats nothing: the count is 0",
        Some(_) if bytes.is_empty() => "this repeats nothing: the text is empty",
        Some(count) if u64::from(count) * bytes.len() as u64 > MAX_REPEATED_BYTES => {
            "this repeats to more than 16 MiB"
        }
        Some(count) => return Some(Part::Repeat { count, bytes }),
    };
    let found = Diagnostic::new(&codes::BAD_REPEAT, span_from(input, start), problem)
        .help("for example `{repeat:1000:ab}`: `ab`, a thousand times; at most 16 MiB");
    input.state.report(found);
    None
}

/// `{name}` or `{name:argument}` in a pattern.
fn pattern_braces(input: &mut Input<'_>) -> Option<PatternPiece> {
    let start = input.current_token_start();
    skip(input);
    let name = braced_name(input);
    let argument = match next(input) {
        Some('}') => {
            skip(input);
            None
        }
        Some(':') => Some(argument(input)?),
        _ => return unclosed(input, start),
    };
    if name == "repeat" {
        let found = Diagnostic::new(
            &codes::BAD_REPEAT,
            span_from(input, start),
            "a repetition stands in a pattern",
        )
        .help("only exact text repeats; in a pattern, use a regex such as `/(ab){1000}/`");
        input.state.report(found);
        return None;
    }
    if !checked_name(input, start, name) {
        return None;
    }
    let argument = match argument {
        Some(bytes) => Some(as_text(input, start, bytes)?),
        None => None,
    };
    Some(PatternPiece::Name {
        name: name.to_owned(),
        argument,
    })
}

/// `:argument}` that is text; `None` when it is not, which is reported.
fn text_argument(input: &mut Input<'_>, start: usize) -> Option<String> {
    let bytes = argument(input)?;
    as_text(input, start, bytes)
}

fn as_text(input: &Input<'_>, start: usize, bytes: Vec<u8>) -> Option<String> {
    let text = String::from_utf8(bytes).ok();
    if text.is_none() {
        let found = Diagnostic::new(
            &codes::ARGUMENT_NOT_TEXT,
            span_from(input, start),
            "this argument is not UTF-8 text",
        )
        .help("bytes that are no UTF-8 belong in the literal parts of a pattern");
        input.state.report(found);
    }
    text
}

/// `:argument}`; `None` when the brace never closes, which is reported.
fn argument(input: &mut Input<'_>) -> Option<Vec<u8>> {
    let start = input.current_token_start();
    skip(input);
    let mut bytes = Vec::new();
    if braced_text(input, &mut bytes) {
        Some(bytes)
    } else {
        unclosed(input, start)
    }
}

/// Text to the closing brace, which is consumed; `false` when there is none.
fn braced_text(input: &mut Input<'_>, bytes: &mut Vec<u8>) -> bool {
    while let Some(next) = next(input) {
        match next {
            '}' => {
                skip(input);
                return true;
            }
            '|' => stray_pipe(input, "nothing can be cut between braces"),
            '{' => stray_brace(input),
            '\\' => escape(input, bytes),
            _ => plain(input, bytes),
        }
    }
    false
}

/// `/regex/`, both slashes included.
fn regex(input: &mut Input<'_>) -> Option<PatternPiece> {
    let start = input.current_token_start();
    skip(input);
    let mut source = String::new();
    loop {
        let at = input.current_token_start();
        match any::<_, EmptyError>.parse_next(input) {
            Err(_) => {
                let found = Diagnostic::new(
                    &codes::BAD_SLASHES,
                    span_from(input, start),
                    "this regex has no closing `/`",
                )
                .help("close it with `/`; a literal slash in a pattern is `\\/`");
                input.state.report(found);
                return None;
            }
            Ok('/') => break,
            Ok('\\') => match any::<_, EmptyError>.parse_next(input) {
                Ok('/') => source.push('/'),
                Ok(escaped) => {
                    report_unshowable(input.state, span_from(input, at), escaped);
                    source.push('\\');
                    source.push(escaped);
                }
                Err(_) => source.push('\\'),
            },
            Ok(character) => {
                report_unshowable(input.state, span_from(input, at), character);
                source.push(character);
            }
        }
    }
    if source.is_empty() {
        let found = Diagnostic::new(
            &codes::BAD_SLASHES,
            span_from(input, start),
            "this regex is empty",
        )
        .help("two literal slashes in a pattern are `\\/\\/`");
        input.state.report(found);
        return None;
    }
    Some(PatternPiece::Regex(source))
}

fn next(input: &mut Input<'_>) -> Option<char> {
    peek(any::<_, EmptyError>).parse_next(input).ok()
}

fn skip(input: &mut Input<'_>) {
    let _ = any::<_, EmptyError>.parse_next(input);
}

/// A name in braces: up to whatever cannot be part of it.
fn braced_name<'a>(input: &mut Input<'a>) -> &'a str {
    take_till::<_, _, EmptyError>(0.., |c| matches!(c, ':' | '}' | '{' | '|' | '\\'))
        .parse_next(input)
        .unwrap_or_default()
}

fn checked_name(input: &Input<'_>, start: usize, name: &str) -> bool {
    let good = is_name(name);
    if !good {
        let found = Diagnostic::new(
            &codes::BAD_NAME,
            span_from(input, start),
            if name.is_empty() {
                "these braces hold no name".to_owned()
            } else {
                format!("`{name}` is not a name")
            },
        )
        .help(
            "a name is a letter, then letters, digits, `-` and `_`; a literal brace is `\\{` or \
             `\\}`",
        );
        input.state.report(found);
    }
    good
}

fn unclosed<T>(input: &Input<'_>, start: usize) -> Option<T> {
    let found = Diagnostic::new(
        &codes::BAD_BRACE,
        span_from(input, start),
        "this brace is not closed",
    )
    .help("close it with `}`; a literal brace is `\\{`");
    input.state.report(found);
    None
}

fn stray_brace(input: &mut Input<'_>) {
    let start = input.current_token_start();
    let brace = next(input).unwrap_or('}');
    skip(input);
    let found = Diagnostic::new(
        &codes::BAD_BRACE,
        span_from(input, start),
        format!("a `{brace}` stands here alone"),
    )
    .help(format!("a literal brace is `\\{brace}`"));
    input.state.report(found);
}

fn stray_pipe(input: &mut Input<'_>, reason: &str) {
    let start = input.current_token_start();
    skip(input);
    let found = Diagnostic::new(&codes::STRAY_PIPE, span_from(input, start), reason)
        .label("nothing is cut here")
        .help("a literal pipe is `\\|`; for one of several answers, write `either` or `/a|b/`");
    input.state.report(found);
}
