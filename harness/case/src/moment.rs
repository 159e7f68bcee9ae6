//! Dates and times as students write them, compared with now.
//!
//! The sheets ask for "the current timestamp" or "date and time" and say no more, so a right answer
//! may be a number of seconds or milliseconds, ISO 8601, asctime, RFC 2822, or a French or English
//! date with a time, in UTC or local time. What can be graded is that it is *now*: within two
//! seconds, at any offset of whole quarter hours.

use jiff::civil::DateTime;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest text in which a date is looked for, in bytes: no date takes as much, and what a hostile
/// target sends must not cost time.
const MAX_BYTES: usize = 1024;
/// How far an answer may be from now, in seconds (PROTOCOLS: `DATENOW`).
const TOLERANCE_S: f64 = 2.0;
/// The largest offset from UTC in use, with an hour to spare for daylight saving, in seconds.
const MAX_OFFSET_S: f64 = 15.0 * 3600.0;
/// From 1900-01-01 to 1970-01-01, in seconds (RFC 868).
pub const EPOCH_1900_S: i64 = 2_208_988_800;
/// Offsets are whole quarters of an hour, in seconds.
const QUARTER_S: f64 = 900.0;

/// The moment that `text` states, if it is now.
///
/// `now_us` is the wall clock when the answer came, in microseconds since the Unix epoch. The result
/// is in seconds since the epoch, whatever the offset it was written at; `None` when the text states
/// no moment within two seconds of now. Text around the date is allowed.
pub fn near(text: &[u8], now_us: i64) -> Option<f64> {
    if text.len() > MAX_BYTES {
        return None;
    }
    let now = now_us as f64 / 1e6;
    let text = fold(&String::from_utf8_lossy(text));
    let tokens = tokens(&text);
    number_near(&text, now).or_else(|| civil_near(&tokens, now))
}

/// The moment that four bytes state, if it is now: seconds since 1900-01-01 UTC, most significant byte
/// first (RFC 868). The count starts anew in 2036, so it is compared modulo 2³².
///
/// Arguments and result are those of [`near`].
pub fn time32(bytes: &[u8], now_us: i64) -> Option<f64> {
    let stated = u32::from_be_bytes(bytes.try_into().ok()?);
    let now = now_us as f64 / 1e6;
    let due = seconds_since_1900(now_us);
    // How far ahead, as a signed number: wrapping makes the turn of 2036 a second like any other.
    let ahead = f64::from(stated.wrapping_sub(due) as i32);
    let at = now.floor() + ahead;
    ((at - now).abs() <= TOLERANCE_S).then_some(at)
}

/// What an RFC 868 server says at this moment.
pub fn seconds_since_1900(now_us: i64) -> u32 {
    // Wrapping is meant.
    (now_us.div_euclid(1_000_000) + EPOCH_1900_S) as u32
}

/// Whether a text is a plain number of whole seconds: what the reference server says to `DATENOW`.
pub fn is_unix_time(text: &[u8]) -> bool {
    !text.is_empty() && text.iter().all(u8::is_ascii_digit) && text.len() <= 12
}

/// Whether a text is a date as the reference daytime server writes it: `2026-11-20T23:57:32Z`.
pub fn is_iso(text: &[u8]) -> bool {
    const SHAPE: &[u8] = b"0000-00-00T00:00:00Z";
    let text = text.strip_suffix(b"\n").unwrap_or(text);
    let fits = |(byte, shape): (&u8, &u8)| match shape {
        b'0' => byte.is_ascii_digit(),
        _ => byte == shape,
    };
    text.len() == SHAPE.len() && text.iter().zip(SHAPE).all(fits)
}

/// Lower case without accents: `Février` and `FEVRIER` are the same month.
pub fn fold(text: &str) -> String {
    text.nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

/// A number of seconds or milliseconds, with or without decimals.
fn number_near(text: &str, now: f64) -> Option<f64> {
    let is_number = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    text.split(|c: char| !is_number(c))
        .map(|word| word.trim_matches(['.', ',']))
        .find_map(|word| {
            let value: f64 = word.replace(',', ".").parse().ok()?;
            [value, value / 1000.0]
                .into_iter()
                .find(|at| (at - now).abs() <= TOLERANCE_S)
        })
}

/// A piece of a written date.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Token<'a> {
    Number { value: u32, digits: usize },
    Word(&'a str),
    Mark(char),
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let run = |keep: fn(char) -> bool| rest.find(|c: char| !keep(c)).unwrap_or(rest.len());
        let length = if first.is_ascii_digit() {
            let length = run(|c| c.is_ascii_digit());
            // A number too long for a date (a nanosecond fraction, say) is a number all the same.
            let value = rest[..length].parse().unwrap_or(u32::MAX);
            found.push(Token::Number {
                value,
                digits: length,
            });
            length
        } else if first.is_alphabetic() {
            let length = run(char::is_alphabetic);
            found.push(Token::Word(&rest[..length]));
            length
        } else {
            if !first.is_whitespace() {
                found.push(Token::Mark(first));
            }
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    found
}

/// A civil date and time that is now at some offset.
fn civil_near(tokens: &[Token<'_>], now: f64) -> Option<f64> {
    let (time_at, time_len, clock) = (0..tokens.len())
        .find_map(|at| clock(&tokens[at..]).map(|(length, clock)| (at, length, clock)))?;
    let others: Vec<Token<'_>> = tokens[..time_at]
        .iter()
        .chain(&tokens[time_at + time_len..])
        .copied()
        .collect();
    let slack = if clock.second.is_none() { 60.0 } else { 0.0 };
    dates(&others).into_iter().find_map(|(year, month, day)| {
        let second = clock.second.unwrap_or(0);
        let civil = DateTime::new(
            year,
            month,
            day,
            clock.hour,
            clock.minute,
            second.min(59),
            0,
        )
        .ok()?;
        let at = civil
            .to_zoned(jiff::tz::TimeZone::UTC)
            .ok()?
            .timestamp()
            .as_second() as f64;
        // The fraction of a second is below the tolerance and left out; +0.5 centres it.
        let difference = at + 0.5 - now + slack / 2.0;
        let offset = (difference / QUARTER_S).round() * QUARTER_S;
        let close = (difference - offset).abs() <= TOLERANCE_S + slack / 2.0 + 0.5;
        (close && offset.abs() <= MAX_OFFSET_S).then_some(at - offset)
    })
}

struct Clock {
    hour: i8,
    minute: i8,
    second: Option<i8>,
}

/// `14:03:22`, `14h03`, `14h 03min 22s`, `2:03:22 pm` at the start of `tokens`: how many tokens, and what.
fn clock(tokens: &[Token<'_>]) -> Option<(usize, Clock)> {
    let number = |at: usize, most: u32| match tokens.get(at) {
        Some(Token::Number {
            value,
            digits: 1..=2,
        }) if *value <= most => Some(*value as i8),
        _ => None,
    };
    let between = |at: usize, words: &[&str]| match tokens.get(at) {
        Some(Token::Mark(':')) => true,
        Some(Token::Word(word)) => words.contains(word),
        _ => false,
    };
    let mut hour = number(0, 23)?;
    if !between(1, &["h", "heure", "heures", "hour", "hours"]) {
        return None;
    }
    let minute = number(2, 59)?;
    let mut length = 3;
    let mut second = None;
    if between(3, &["m", "min", "mn", "minute", "minutes", "et"])
        && let Some(value) = number(4, 60)
    {
        second = Some(value);
        length = 5;
    }
    // Decimals and a trailing unit belong to the time, not to the date.
    if second.is_some()
        && matches!(tokens.get(length), Some(Token::Mark('.' | ',')))
        && matches!(tokens.get(length + 1), Some(Token::Number { .. }))
    {
        length += 2;
    }
    match tokens.get(length) {
        Some(Token::Word("pm")) if hour < 12 => {
            hour += 12;
            length += 1;
        }
        Some(Token::Word("am")) => {
            hour %= 12;
            length += 1;
        }
        _ => {}
    }
    Some((
        length,
        Clock {
            hour,
            minute,
            second,
        },
    ))
}

/// Every date (year, month, day) that the tokens may state.
fn dates(tokens: &[Token<'_>]) -> Vec<(i16, i8, i8)> {
    // `mar.` may be Tuesday or March: every reading is tried.
    let months = tokens.iter().filter_map(|token| match token {
        Token::Word(word) => month(word),
        _ => None,
    });
    let numbers: Vec<(u32, usize)> = tokens
        .iter()
        .filter_map(|token| match token {
            Token::Number { value, digits } if *digits <= 8 => Some((*value, *digits)),
            _ => None,
        })
        .collect();
    let mut found = Vec::new();
    let mut state = |year: u32, digits: usize, month: u32, day: u32| {
        let year = if digits == 2 { 2000 + year } else { year };
        if (digits == 2 || digits == 4) && (1..=12).contains(&month) && (1..=31).contains(&day) {
            found.push((year.min(9999) as i16, month as i8, day as i8));
        }
    };
    for month in months {
        for &(day, _) in &numbers {
            for &(year, digits) in &numbers {
                state(year, digits, month, day);
            }
        }
    }
    for three in numbers.windows(3) {
        let [(a, a_digits), (b, _), (c, c_digits)] = [three[0], three[1], three[2]];
        state(a, a_digits, b, c);
        state(c, c_digits, b, a);
        state(c, c_digits, a, b);
    }
    for &(packed, digits) in &numbers {
        if digits == 8 {
            state(packed / 10_000, 4, packed / 100 % 100, packed % 100);
        }
    }
    found
}

/// The month (1-based) that a folded French or English word names, whole or shortened.
fn month(word: &str) -> Option<u32> {
    const STEMS: &[(&str, u32)] = &[
        ("jan", 1),
        ("fev", 2),
        ("feb", 2),
        ("mar", 3),
        ("avr", 4),
        ("apr", 4),
        ("mai", 5),
        ("may", 5),
        ("juin", 6),
        ("june", 6),
        ("jun", 6),
        ("juil", 7),
        ("july", 7),
        ("jul", 7),
        ("aou", 8),
        ("aug", 8),
        ("sep", 9),
        ("oct", 10),
        ("nov", 11),
        ("dec", 12),
    ];
    STEMS
        .iter()
        .find(|(stem, _)| word.starts_with(stem))
        .map(|(_, number)| *number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    /// 2026-11-20 23:57:32 UTC.
    const NOW_S: i64 = 1_795_219_052;

    #[rstest]
    #[case::seconds("1795219052")]
    #[case::decimals("1795219052.8291")]
    #[case::milliseconds("1795219052829")]
    #[case::framed("Timestamp : 1795219051")]
    #[case::iso("2026-11-20T23:57:32Z")]
    #[case::iso_space("2026-11-20 23:57:32.123456")]
    #[case::iso_local("2026-11-21T00:57:32+01:00")]
    #[case::asctime("Fri Nov 20 23:57:32 2026")]
    #[case::date("Fri Nov 20 11:57:32 PM UTC 2026")]
    #[case::rfc2822("Fri, 20 Nov 2026 23:57:32 +0000")]
    #[case::india("21/11/2026 05:27:32")]
    #[case::french("vendredi 20 novembre 2026 à 23:57:32")]
    #[case::french_h("Le 20 novembre 2026, 23h57m32s")]
    #[case::us_short("11/20/26 23:57:32")]
    #[case::javascript("Fri Nov 20 2026 23:57:32 GMT+0000 (Coordinated Universal Time)")]
    #[case::java("2026-11-20T23:57:32.829104512")]
    #[case::go("2026-11-20 23:57:32.829104512 +0000 UTC m=+12.345678")]
    #[case::no_seconds("20/11/2026 23:57")]
    #[case::mardi("mardi 20 nov. 2026 23:57:32")]
    #[case::mar("mar. 20 nov. 2026 23:57:32")]
    #[case::locale_node("11/20/2026, 11:57:32 PM")]
    fn what_students_write_is_now(#[case] text: &str) {
        let at = near(text.as_bytes(), NOW_S * 1_000_000 + 800_000);
        assert!(
            at.is_some_and(|at| (at - NOW_S as f64).abs() <= 60.0),
            "{text}: {at:?}"
        );
    }

    #[rstest]
    #[case::now(NOW_S, &(NOW_S as u32).wrapping_add(2_208_988_800).to_be_bytes(), true)]
    #[case::a_second_ago(NOW_S, &(NOW_S as u32).wrapping_add(2_208_988_799).to_be_bytes(), true)]
    #[case::after_the_turn_of_2036(2_085_978_497, &1u32.to_be_bytes(), true)]
    #[case::across_the_turn(2_085_978_496, &u32::MAX.to_be_bytes(), true)]
    #[case::least_significant_first(NOW_S, &(NOW_S as u32).wrapping_add(2_208_988_800).to_le_bytes(), false)]
    #[case::since_1970(NOW_S, &(NOW_S as u32).to_be_bytes(), false)]
    #[case::five_seconds_ahead(NOW_S, &(NOW_S as u32).wrapping_add(2_208_988_805).to_be_bytes(), false)]
    #[case::eight_bytes(NOW_S, &(NOW_S as u64 + 2_208_988_800).to_be_bytes(), false)]
    #[case::text(NOW_S, b"4004207852", false)]
    fn four_bytes_of_rfc_868(#[case] now: i64, #[case] bytes: &[u8], #[case] right: bool) {
        let at = time32(bytes, now * 1_000_000 + 400_000);
        assert_eq!(at.is_some(), right, "{at:?}");
        assert!(at.is_none_or(|at| (at - now as f64).abs() <= 1.0), "{at:?}");
    }

    #[rstest]
    #[case::epoch("0")]
    #[case::late("1795219040")]
    #[case::other_day("2026-11-18 23:57:32")]
    #[case::other_minute("Fri Nov 20 23:50:32 2026")]
    #[case::other_year("Fri Nov 20 23:57:32 2025")]
    #[case::words("maintenant")]
    #[case::no_date("23:57:32")]
    #[case::empty("")]
    fn other_moments_are_not(#[case] text: &str) {
        assert_eq!(near(text.as_bytes(), NOW_S * 1_000_000), None);
    }
}
