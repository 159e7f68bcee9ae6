//! A folder for what a program needs on disk, which goes with whoever holds it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// An empty folder of its own, removed with all that is in it when it is dropped.
#[derive(Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// Makes one where the system keeps temporary files.
    ///
    /// # Errors
    /// What the system said.
    pub fn new() -> io::Result<Self> {
        let name = format!("sockspec-{}", super::tree::new_mark());
        let path = std::env::temp_dir().join(name);
        fs::create_dir(&path)?;
        Ok(Folder(path))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What the program has locked away stays; there is nobody to tell.
        let _ = fs::remove_dir_all(&self.0);
    }
}
