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
        if self.max_level.is_some_and(|most| level > most) {
            return false;
        }
        let base = id.split('@').next().unwrap_or(id);
        self.globs.is_empty()
            || self
                .globs
                .iter()
                .any(|glob| fits(glob, id) || fits(glob, base))
    }
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
