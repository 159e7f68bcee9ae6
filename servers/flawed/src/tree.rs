//! Files below a root, and the mistakes in finding them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::mistake::Mistake;

/// The folder that is served.
#[derive(Clone)]
pub(crate) struct Tree {
    root: PathBuf,
    mistake: Option<Mistake>,
}

/// What there is at a path.
pub(crate) enum Found {
    File(Vec<u8>),
    Missing,
    Outside,
    /// The server dies of it, for this reason.
    Death(&'static str),
}

impl Tree {
    /// `root` is a path without symbolic links.
    pub(crate) fn new(root: &Path, mistake: Option<Mistake>) -> Self {
        Self {
            root: root.to_owned(),
            mistake,
        }
    }

    /// What there is at `path`.
    pub(crate) fn find(&self, path: &str) -> Found {
        if path.starts_with('/') && self.mistake == Some(Mistake::ServesAbsolutePaths) {
            return self.read(Path::new(path));
        }
        if path.starts_with('/') {
            return Found::Outside;
        }
        let climbing = climbs(path);
        let decoded;
        let path = match self.mistake {
            Some(Mistake::DecodesAfterCheck) => {
                decoded = percent_decoded(path);
                &decoded
            }
            _ => path,
        };
        let joined = self.root.join(path);
        let real = fs::canonicalize(&joined);
        let starts_like_root = || {
            let root = self.root.to_string_lossy();
            let real = real.as_ref().map(|real| real.to_string_lossy());
            real.is_ok_and(|real| real.starts_with(&*root))
        };
        let is_outside = match self.mistake {
            Some(Mistake::FollowsDotDot) => {
                fs::symlink_metadata(&joined).is_ok_and(|it| it.is_symlink())
            }
            Some(Mistake::FollowsLinks | Mistake::DecodesAfterCheck) => climbing,
            Some(Mistake::ComparesPrefix) => !starts_like_root() && (climbing || real.is_ok()),
            _ => {
                climbing
                    || real
                        .as_ref()
                        .is_ok_and(|real| !real.starts_with(&self.root))
            }
        };
        match is_outside {
            true => Found::Outside,
            false => self.read(&joined),
        }
    }

    fn read(&self, path: &Path) -> Found {
        match fs::metadata(path) {
            Ok(found) if found.is_file() => {}
            Ok(_) if self.mistake == Some(Mistake::FolderKills) => {
                return Found::Death("a folder cannot be read");
            }
            Err(_) if self.mistake == Some(Mistake::MissingFileKills) => {
                return Found::Death("a file is not there");
            }
            _ => return Found::Missing,
        }
        let Ok(mut bytes) = fs::read(path) else {
            return Found::Missing;
        };
        match self.mistake {
            Some(Mistake::EmptyIsMissing) if bytes.is_empty() => return Found::Missing,
            Some(Mistake::ReadsFileOnce) => bytes.truncate(BUFFER_BYTES),
            Some(Mistake::DecodesFiles) => {
                bytes = String::from_utf8_lossy(&bytes).into_owned().into_bytes();
            }
            _ => {}
        }
        Found::File(bytes)
    }

    /// The size that the server says a file has.
    pub(crate) fn size(&self, bytes: &[u8]) -> usize {
        match (self.mistake, str::from_utf8(bytes)) {
            (Some(Mistake::CountsCharacters), Ok(text)) => text.chars().count(),
            _ => bytes.len(),
        }
    }
}

/// What one read takes of a file.
const BUFFER_BYTES: usize = 64 * 1024;

/// Whether the text of a path goes above where it starts.
fn climbs(path: &str) -> bool {
    let mut depth = 0;
    path.split('/').any(|name| {
        depth += match name {
            "" | "." => 0,
            ".." => -1,
            _ => 1,
        };
        depth < 0
    })
}

/// The path with its `%41` decoded; what is no such code stays.
pub(crate) fn percent_decoded(path: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = path.as_bytes();
    while let [first, after @ ..] = rest {
        let code = after.get(..2).and_then(|code| str::from_utf8(code).ok());
        let code = code.and_then(|code| u8::from_str_radix(code, 16).ok());
        (rest, _) = match (first, code) {
            (b'%', Some(code)) => (&after[2..], bytes.push(code)),
            _ => (after, bytes.push(*first)),
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
