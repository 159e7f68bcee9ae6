//! Finds the files of a tree, and nothing outside of it.
//!
//! A path is a client's text: it may climb (`..`), be absolute, or go through a symbolic link that
//! leads elsewhere. The first two show in the text. The last shows only in the path that the system
//! resolves, so that one is compared with the root, name by name: `/site-private` begins like
//! `/site` and is not below it.

use std::path::{Component, Path};

use tokio::fs::{self, File};

/// Why a path is refused. The text stands behind `ERR ` in answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// No file is there; a folder is none.
    #[error("not found")]
    NotFound,
    /// It leaves the root.
    #[error("forbidden")]
    Forbidden,
}

/// A file that may be sent.
pub(crate) struct Found {
    /// The file, at its beginning.
    pub(crate) file: File,
    /// Its size, in bytes.
    pub(crate) size: u64,
}

/// Opens the file at `path` below `root`, which must be a path without symbolic links.
pub(crate) async fn open(root: &Path, path: &str) -> Result<Found, Refusal> {
    if leaves_its_folder(Path::new(path)) {
        return Err(Refusal::Forbidden);
    }
    let resolved = fs::canonicalize(root.join(path)).await;
    let resolved = resolved.map_err(|_| Refusal::NotFound)?;
    if !resolved.starts_with(root) {
        return Err(Refusal::Forbidden);
    }
    // Looked at before it is opened: to open a pipe would wait for its other end.
    let size = match fs::metadata(&resolved).await {
        Ok(found) if found.is_file() => found.len(),
        _ => return Err(Refusal::NotFound),
    };
    let file = File::open(&resolved).await.map_err(|_| Refusal::NotFound)?;
    Ok(Found { file, size })
}

/// Whether a path is absolute, or climbs above the folder that it starts from.
fn leaves_its_folder(path: &Path) -> bool {
    let mut depth = 0u32;
    for component in path.components() {
        match component {
            Component::Normal(_) => depth += 1,
            Component::CurDir => {}
            Component::ParentDir if depth > 0 => depth -= 1,
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => return true,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use sockspec_kit::Root;

    use super::*;

    async fn refusal(path: &str) -> Option<Refusal> {
        let root = Root::open(None).unwrap();
        open(root.path(), path).await.err()
    }

    #[tokio::test]
    async fn files_of_the_tree_are_found() {
        for path in [
            "accents.txt",
            "folder/inside.txt",
            "folder/../empty.txt",
            "./bytes.bin",
        ] {
            assert_eq!(refusal(path).await, None, "{path}");
        }
    }

    #[tokio::test]
    async fn what_is_no_file_is_not_found() {
        for path in [
            "",
            "nothing",
            "folder",
            "folder/",
            "accents.txt/x",
            "%2e%2e/outside.txt",
            "a\0b",
        ] {
            assert_eq!(refusal(path).await, Some(Refusal::NotFound), "{path}");
        }
    }

    #[tokio::test]
    async fn what_leaves_the_root_is_forbidden() {
        for path in [
            "..",
            "../outside.txt",
            "../site/accents.txt",
            "../site-private/secret.txt",
            "folder/../../outside.txt",
            "../nothing",
            "/etc/passwd",
            "/",
            "outside-link.txt",
        ] {
            assert_eq!(refusal(path).await, Some(Refusal::Forbidden), "{path}");
        }
    }
}
