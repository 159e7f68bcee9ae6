//! The options of the exercises, read as students read `argv`.

use std::collections::HashMap;

use sockspec_kit::ServeError;

/// Options and their values, such as `--secret 42`.
pub(crate) struct Arguments {
    exercise: String,
    values: HashMap<String, String>,
}

impl Arguments {
    /// Reads `arguments`, where every option has a value and must be among `known`.
    pub(crate) fn parse(
        exercise: &str,
        arguments: &[String],
        known: &[&str],
    ) -> Result<Self, ServeError> {
        let mut parsed = Self {
            exercise: exercise.to_owned(),
            values: HashMap::new(),
        };
        let mut words = arguments.iter();
        while let Some(word) = words.next() {
            let (name, value) = match word.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (word.as_str(), words.next().cloned()),
            };
            match value {
                Some(value) if known.contains(&name) => {
                    parsed.values.insert(name.to_owned(), value);
                }
                Some(_) if known.is_empty() => {
                    return Err(
                        parsed.usage(format!("`{exercise}` has no options, thus no `{name}`"))
                    );
                }
                Some(_) => {
                    let known = known.join("`, `");
                    return Err(
                        parsed.usage(format!("unknown option `{name}`; there are `{known}`"))
                    );
                }
                None => return Err(parsed.usage(format!("option `{name}` needs a value"))),
            }
        }
        Ok(parsed)
    }

    /// The value of an option, as it was typed.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }

    /// The value of an option that is a whole number.
    pub(crate) fn number(&self, name: &str) -> Result<Option<u64>, ServeError> {
        let number = self.text(name).map(|text| {
            text.parse()
                .map_err(|_| self.usage(format!("`{name} {text}` is not a whole number")))
        });
        number.transpose()
    }

    /// An error that says `message`.
    pub(crate) fn usage(&self, message: String) -> ServeError {
        ServeError::Usage {
            exercise: self.exercise.clone(),
            message,
        }
    }
}
