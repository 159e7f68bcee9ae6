//! Listens at a path: the sockets of one machine (`AF_UNIX`).
//!
//! A path outlives its server: what a server that was killed left behind is in the way of the next
//! one's `bind`, though nobody listens there any more. It is removed; a path at which somebody listens
//! is not, nor is anything else than a socket.

use std::fs;
use std::io::{self, ErrorKind};
use std::os::unix::fs::FileTypeExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};

use socket2::{Domain, SockAddr, Socket, Type};

use crate::listen::BACKLOG;
use crate::{ServeError, ServeOptions};

/// The longest path of a socket, in bytes: `sun_path` has 108, the last of which is a NUL.
pub const MAX_PATH_BYTES: usize = 107;

/// A path at which a server listens; it goes with the server.
#[derive(Debug)]
pub struct SocketPath(PathBuf);

impl SocketPath {
    /// The path.
    pub fn as_path(&self) -> &Path {
        &self.0
    }
}

impl Drop for SocketPath {
    fn drop(&mut self) {
        // Where it is gone already, there is nothing to do.
        let _ = fs::remove_file(&self.0);
    }
}

/// Listens at the path of `options`, or at `usual` where it names none.
///
/// # Errors
/// [`ServeError::Bind`] when the path is too long, is something else than a socket, has a server, or
/// cannot be bound.
pub fn listen_unix(
    options: &ServeOptions,
    usual: &str,
) -> Result<(UnixListener, SocketPath), ServeError> {
    let path = options.path.clone().unwrap_or_else(|| usual.into());
    let listen = || {
        if path.as_os_str().len() > MAX_PATH_BYTES {
            let message = format!("a path of a socket has at most {MAX_PATH_BYTES} bytes");
            return Err(io::Error::new(ErrorKind::InvalidInput, message));
        }
        remove_stale(&path)?;
        let socket = Socket::new(Domain::UNIX, Type::STREAM, None)?;
        socket.bind(&SockAddr::unix(&path)?)?;
        socket.listen(BACKLOG)?;
        Ok(UnixListener::from(socket))
    };
    match listen() {
        Ok(listener) => Ok((listener, SocketPath(path))),
        Err(source) => Err(ServeError::Bind {
            address: path.display().to_string(),
            source,
        }),
    }
}

/// Removes a socket at which nobody listens.
fn remove_stale(path: &Path) -> io::Result<()> {
    let kind = match fs::symlink_metadata(path) {
        Ok(metadata) => metadata.file_type(),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    if !kind.is_socket() {
        return Err(io::Error::new(
            ErrorKind::AlreadyExists,
            "something else than a socket is there",
        ));
    }
    match UnixStream::connect(path) {
        Err(error) if error.kind() == ErrorKind::ConnectionRefused => fs::remove_file(path),
        // Somebody listens, or may: a queue that is full refuses in another way.
        Ok(_) | Err(_) => Err(io::Error::new(
            ErrorKind::AddrInUse,
            "a server listens there",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(path: &Path) -> ServeOptions {
        ServeOptions {
            path: Some(path.to_owned()),
            ..ServeOptions::default()
        }
    }

    fn refusal(path: &Path) -> String {
        match listen_unix(&at(path), "unused").unwrap_err() {
            ServeError::Bind { source, .. } => source.to_string(),
            other => panic!("{other}"),
        }
    }

    #[test]
    fn what_a_dead_server_left_is_removed_and_the_path_goes_with_its_server() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("socket");
        // Dropping a listener of the standard library leaves the path behind, as a kill does.
        drop(UnixListener::bind(&path).unwrap());
        assert!(path.exists());
        let (_listener, guard) = listen_unix(&at(&path), "unused").unwrap();
        UnixStream::connect(&path).unwrap();
        drop(guard);
        assert!(!path.exists());
    }

    #[test]
    fn a_living_server_and_a_file_are_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("socket");
        let _alive = listen_unix(&at(&path), "unused").unwrap();
        assert_eq!(refusal(&path), "a server listens there");
        UnixStream::connect(&path).unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "kept").unwrap();
        assert_eq!(refusal(&file), "something else than a socket is there");
        assert_eq!(fs::read(&file).unwrap(), b"kept");
    }

    #[test]
    fn the_longest_path_can_be_bound_and_a_longer_one_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let room = MAX_PATH_BYTES - folder.path().as_os_str().len() - 1;
        let longest = folder.path().join("s".repeat(room));
        assert_eq!(longest.as_os_str().len(), MAX_PATH_BYTES);
        listen_unix(&at(&longest), "unused").unwrap();
        let longer = folder.path().join("s".repeat(room + 1));
        assert_eq!(refusal(&longer), "a path of a socket has at most 107 bytes");
    }
}
