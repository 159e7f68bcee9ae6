//! Spec files and the dialogue notation: text to validated Spec, with diagnostics.
