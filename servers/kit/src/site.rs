//! The tree of files that some exercises serve, and what stands beside it and must never be served.
//!
//! It is embedded, so that a server works from anywhere, and written out to a folder, so that it
//! serves files as any server does. `specs/data` is the same tree for those who look.
//!
//! Beside the root, as traps, stand a file, a folder whose name begins like the root's, and in the
//! root a symbolic link that leads out of it.

use std::fs;
use std::io;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

macro_rules! embedded {
    ($($path:literal),* $(,)?) => {
        /// The files: their paths, from the folder that holds the root, and their bytes.
        pub const SITE_FILES: &[(&str, &[u8])] =
            &[$(($path, include_bytes!(concat!("../../../specs/data/", $path)))),*];
    };
}

embedded!(
    "site/index.html",
    "site/accents.txt",
    "site/empty.txt",
    "site/bytes.bin",
    "site/big.txt",
    "site/folder/inside.txt",
    "site-private/secret.txt",
    "outside.txt",
);

/// The root's name.
pub const SITE_FOLDER: &str = "site";

/// A symbolic link that leads out of the root, and where to.
const LINK: (&str, &str) = ("site/outside-link.txt", "../outside.txt");

/// Writes the tree to `folder`, which is made where it is not there. Returns the root in it.
///
/// # Errors
/// What the system answered; a file that is there is overwritten.
pub fn write_site(folder: &Path) -> io::Result<PathBuf> {
    for (path, bytes) in SITE_FILES {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, bytes)?;
    }
    match symlink(LINK.1, folder.join(LINK.0)) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(folder.join(SITE_FOLDER)),
    }
}

/// The root of a server of files.
#[derive(Debug)]
pub struct Root {
    path: PathBuf,
    /// Removed with the root, where the tree was written out for it.
    _written: Option<TempDir>,
}

impl Root {
    /// The folder at `path`; without one, the embedded tree in a temporary folder.
    ///
    /// # Errors
    /// There is no folder, or the tree cannot be written.
    pub fn open(path: Option<&Path>) -> io::Result<Self> {
        let (path, written) = match path {
            Some(path) => (path.to_owned(), None),
            None => {
                let folder = tempfile::Builder::new().prefix("sockspec-").tempdir()?;
                (write_site(folder.path())?, Some(folder))
            }
        };
        let path = fs::canonicalize(path)?;
        match path.is_dir() {
            true => Ok(Self {
                path,
                _written: written,
            }),
            false => Err(io::ErrorKind::NotADirectory.into()),
        }
    }

    /// Its path: absolute, without symbolic links.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Files and links of the tree below a folder, with their bytes or targets.
    fn tree(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
        let mut found = Vec::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(at) = folders.pop() {
            for entry in fs::read_dir(at).unwrap() {
                let path = entry.unwrap().path();
                let name = path.strip_prefix(folder).unwrap().to_owned();
                if path.is_symlink() {
                    let to = fs::read_link(&path).unwrap();
                    found.push((name, to.to_string_lossy().into_owned().into_bytes()));
                } else if path.is_dir() {
                    folders.push(path);
                } else {
                    found.push((name, fs::read(path).unwrap()));
                }
            }
        }
        found.retain(|(name, _)| {
            ["site", "site-private", "outside.txt"]
                .iter()
                .any(|of| name.starts_with(of))
        });
        found.sort();
        found
    }

    #[test]
    fn the_tree_written_out_is_the_one_of_the_repository() {
        let folder = tempfile::tempdir().unwrap();
        write_site(folder.path()).unwrap();
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs/data");
        assert_eq!(tree(folder.path()), tree(&data));
        // Once more over itself.
        write_site(folder.path()).unwrap();
    }

    #[test]
    fn the_embedded_root_goes_with_its_server() {
        let root = Root::open(None).unwrap();
        let path = root.path().to_owned();
        assert_eq!(fs::read(path.join("empty.txt")).unwrap(), b"");
        assert!(
            fs::read_to_string(path.join("outside-link.txt"))
                .unwrap()
                .contains("racine")
        );
        drop(root);
        assert!(!path.exists());
    }

    #[test]
    fn a_root_is_a_folder() {
        let file = tempfile::NamedTempFile::new().unwrap();
        assert!(Root::open(Some(file.path())).is_err());
        assert!(Root::open(Some(Path::new("/no/such/folder"))).is_err());
    }
}
