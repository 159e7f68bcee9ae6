//! Saved grades, read from files that anybody may have written.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use sockspec_report::wire::WireGrade;
use sockspec_report::{Lang, class, json};

use crate::messages;

/// A grade takes less than a megabyte; what is much larger is none.
const MAX_BYTES: u64 = 64 << 20;

/// Reads a grade, and says in a sentence why there is none.
///
/// # Errors
/// The sentence, with the file's name.
pub fn read(path: &Path, lang: Lang) -> Result<WireGrade, String> {
    let name = path.display().to_string();
    let unreadable = |reason: &str| messages::unreadable(lang, &name, reason);
    let kind = std::fs::metadata(path).map_err(|error| unreadable(&error.to_string()))?;
    // A pipe or a device could be waited for without end.
    if !kind.is_file() {
        return Err(messages::no_file(lang, &name));
    }
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes));
    let length = read.map_err(|error| unreadable(&error.to_string()))?;
    if length as u64 > MAX_BYTES {
        return Err(unreadable("64 MiB"));
    }
    let grade = str::from_utf8(&bytes).ok().map(json::read);
    match grade {
        Some(Ok(grade)) if class::check(&grade).is_ok() => Ok(grade),
        Some(Ok(_)) => Err(messages::wrong_sums(lang, &name)),
        Some(Err(json::ReadError::Schema { found })) => {
            Err(messages::other_version(lang, &name, &found))
        }
        _ => Err(messages::not_a_grade(lang, &name)),
    }
}
