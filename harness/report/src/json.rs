//! The document `sockspec.grade/1`, written and read.

use thiserror::Error;

use crate::escape::clean_json;
use crate::wire::{SCHEMA, WireGrade};

/// Why a saved grade cannot be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadError {
    /// It is no JSON, or fields are missing.
    #[error("not a grade of sockspec")]
    Json(#[from] serde_json::Error),
    /// It is a document of another kind, or of a version that changed by more than addition.
    #[error("the document says `{found}`, and `{SCHEMA}` is what can be read")]
    Schema {
        /// The `schema` of the document.
        found: String,
    },
}

/// The document as indented JSON, ended by a line feed.
pub fn write(grade: &WireGrade) -> Vec<u8> {
    let text = serde_json::to_string_pretty(grade).unwrap_or_default();
    (clean_json(&text) + "\n").into_bytes()
}

/// Reads a document that [`write()`] wrote.
///
/// # Errors
/// [`ReadError`] when the text is no such document. Fields that are not known are ignored.
pub fn read(text: &str) -> Result<WireGrade, ReadError> {
    #[derive(serde::Deserialize)]
    struct Head {
        schema: String,
    }
    let head: Head = serde_json::from_str(text)?;
    if head.schema != SCHEMA {
        return Err(ReadError::Schema { found: head.schema });
    }
    Ok(serde_json::from_str(text)?)
}
