//! Which cases are graded.

/// Which cases are graded.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Only cases up to this level.
    pub max_level: Option<u8>,
    /// Only cases whose id fits one of these globs (`*` and `?`); a derived case also goes by its
    /// base's id.
    pub globs: Vec<String>,
}

impl Selection {
    /// Whether a case is to be graded.
    pub fn takes(&self, id: &str, level: u8) -> bool {
        self.any(level, |glob| fits(glob, id) || fits(glob, base(id)))
    }

    /// Whether a case of the spec is to be graded: also because one that derives from it is.
    pub fn takes_base(&self, id: &str, level: u8) -> bool {
        self.any(level, |glob| fits(base(glob), id))
    }

    fn any(&self, level: u8, fits: impl Fn(&str) -> bool) -> bool {
        let all = self.globs.is_empty();
        self.max_level.is_none_or(|most| level <= most)
            && (all || self.globs.iter().any(|glob| fits(glob)))
    }
}

/// What a derived case derives from; any other case is itself.
fn base(id: &str) -> &str {
    id.split('@').next().unwrap_or(id)
}

/// Whether `text` fits a glob of `*` (any run) and `?` (any one character).
fn fits(glob: &str, text: &str) -> bool {
    let (glob, text): (Vec<char>, Vec<char>) = (glob.chars().collect(), text.chars().collect());
    let (mut g, mut t, mut star) = (0, 0, None);
    while t < text.len() {
        if g < glob.len() && (glob[g] == '?' || glob[g] == text[t]) && glob[g] != '*' {
            (g, t) = (g + 1, t + 1);
        } else if g < glob.len() && glob[g] == '*' {
            star = Some((g, t));
            g += 1;
        } else if let Some((at, from)) = star {
            (g, t) = (at + 1, from + 1);
            star = Some((at, from + 1));
        } else {
            return false;
        }
    }
    glob[g..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::Selection;

    fn selection(glob: &str) -> Selection {
        Selection {
            max_level: Some(3),
            globs: vec![glob.to_owned()],
        }
    }

    #[test]
    fn a_case_is_taken_with_all_that_derives_from_it() {
        let keys = selection("known-*");
        assert!(keys.takes("known-keys", 3) && keys.takes("known-keys@churn", 3));
        assert!(keys.takes_base("known-keys", 3));
        assert!(!keys.takes("fin", 1) && !keys.takes("known-keys@churn", 4));
    }

    #[test]
    fn a_derived_case_is_taken_with_its_base_and_without_its_siblings() {
        let churn = selection("known-keys@churn");
        assert!(churn.takes_base("known-keys", 1) && churn.takes("known-keys@churn", 3));
        assert!(!churn.takes("known-keys@busy", 3) && !churn.takes_base("fin", 1));
    }
}
