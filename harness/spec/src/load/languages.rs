//! Texts in French and English.

use toml::Spanned;
use toml::de::DeValue;

use super::context::span_of;
use super::fields::Fields;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::Text;

impl<'a, 's> Fields<'a, 's> {
    /// A text in both languages under a key that must be there.
    pub(super) fn required_languages(&self, key: &'static str) -> Text {
        match self.required(key, "{ fr = \"…\", en = \"…\" }") {
            Some(value) => self.languages_of(key, value),
            None => Text::default(),
        }
    }

    /// A text in both languages, or nothing in either.
    pub(super) fn optional_languages(&self, key: &'static str) -> Text {
        match self.optional(key) {
            Some(value) => self.languages_of(key, value),
            None => Text::default(),
        }
    }

    fn languages_of(&self, key: &'static str, value: &'a Spanned<DeValue<'s>>) -> Text {
        if let DeValue::String(_) = value.get_ref() {
            self.context.report(
                Diagnostic::new(
                    &codes::MISSING_LANGUAGE,
                    self.context.first_line(span_of(value)),
                    format!("`{key}` is in one language only"),
                )
                .help(format!("write `{key} = {{ fr = \"…\", en = \"…\" }}`")),
            );
            return Text::default();
        }
        let Some(fields) = self.as_table(value, "a text in two languages") else {
            return Text::default();
        };
        let text = Text {
            fr: fields.language(key, "fr"),
            en: fields.language(key, "en"),
        };
        fields.finish();
        text
    }

    fn language(&self, key: &str, language: &'static str) -> String {
        match self.optional(language) {
            Some(value) => self
                .context
                .text(value)
                .inspect(|located| self.report_empty(located, key))
                .map(|located| located.text)
                .unwrap_or_default(),
            None => {
                self.context.report(
                    Diagnostic::new(
                        &codes::MISSING_LANGUAGE,
                        self.header,
                        format!("`{key}` lacks `{language}`"),
                    )
                    .help("texts are written in French (`fr`) and English (`en`)"),
                );
                String::new()
            }
        }
    }
}
