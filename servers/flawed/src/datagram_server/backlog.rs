//! A worker behind a queue that is too short.

use std::io;
use std::net::{SocketAddr, UdpSocket};
use std::sync::mpsc::{self, SyncSender};
use std::thread;
use std::time::Duration;

/// Places of the queue.
const PLACES: usize = 64;
/// How long the worker is busy with each answer.
const WORK: Duration = Duration::from_millis(1);

/// Starts the worker; it ends with the sender.
#[expect(clippy::disallowed_methods, reason = "what a worker does takes time")]
pub(super) fn worker(socket: io::Result<UdpSocket>) -> SyncSender<(Vec<u8>, SocketAddr)> {
    let (sender, work) = mpsc::sync_channel::<(Vec<u8>, SocketAddr)>(PLACES);
    thread::spawn(move || {
        let Ok(socket) = socket else { return };
        for (message, client) in work {
            thread::sleep(WORK);
            let _ = socket.send_to(&message, client);
        }
    });
    sender
}
