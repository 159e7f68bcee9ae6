//! The clients, against servers of this crate and against ill-behaved ones.

use std::time::Duration;

use sockspec_kit::ServeOptions;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, UdpSocket};

use super::*;
use crate::Server;

/// What the client of `exercise` shows to a user who types `lines`, and how it ends.
async fn run(exercise: &str, address: &str, lines: &[&str]) -> (String, Result<(), ConnectError>) {
    let mut screen = Vec::new();
    let end = connect_on(exercise, address, Terminal::scripted(lines, &mut screen)).await;
    (String::from_utf8(screen).unwrap(), end)
}

/// The same against the reference server, where the end is a normal one.
async fn show(exercise: &str, arguments: &str, lines: &[&str]) -> String {
    let arguments = arguments.split_whitespace().map(str::to_owned).collect();
    let options = ServeOptions {
        arguments,
        ..ServeOptions::default()
    };
    let server = Server::bind(exercise, &options).unwrap();
    let address = server.address().to_string();
    tokio::spawn(server.run());
    let (screen, end) = run(exercise, &address, lines).await;
    end.unwrap();
    screen
}

/// A TCP server that sends `bytes` to its one client, then closes.
async fn says(bytes: &'static [u8]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.write_all(bytes).await.unwrap();
        sockspec_kit::close(stream).await;
    });
    address
}

#[tokio::test]
async fn files_are_shown_behind_their_sizes() {
    let shown = show("files", "", &["GET folder/inside.txt", "GET x", "FIN"]).await;
    assert_eq!(
        shown,
        "OK 33\nUn fichier dans un sous-dossier.\nERR not found\nBYE\n"
    );
    let (screen, end) = run("files", &says(b"OK 9\nabc").await, &["GET x"]).await;
    assert_eq!(screen, "OK 9\n");
    assert!(matches!(end, Err(ConnectError::ClosedEarly)));
}

#[tokio::test]
async fn answers_are_shown_line_by_line() {
    let lines = ["bonjour", "", "été"];
    assert_eq!(show("echo-tcp", "", &lines).await, "bonjour\n\nété\n");
    assert_eq!(show("echo-udp", "", &lines).await, "bonjour\n\nété\n");
    assert_eq!(show("upper-tcp", "", &lines).await, "BONJOUR\n\néTé\n");
    assert_eq!(
        show("upper-udp", "--dialect unicode", &lines).await,
        "BONJOUR\n\nÉTÉ\n"
    );
    assert_eq!(
        show("text-commands", "", &["UPPER été", "LOWER A"]).await,
        "ÉTÉ\na\n"
    );
}

#[tokio::test]
async fn quit_ends_in_any_letters() {
    assert_eq!(show("kv", "", &["fa", "QuiT", "mi"]).await, "OK sill\n");
}

#[tokio::test]
async fn the_end_of_the_dialogue_ends_the_client() {
    assert_eq!(show("kv", "", &["mi", "FIN", "fa"]).await, "OK lion\nBYE\n");
    let game = show(
        "mystery-number",
        "--n 9 --k 4 --secret 3",
        &["5", "x", "3", "4"],
    )
    .await;
    assert_eq!(game, "MYSTERE 9 4\nPLUS PETIT\nERR not a number\nGAGNE\n");
    assert!(show("daytime-tcp", "", &[]).await.ends_with("Z\n"));
    assert!(show("daytime-udp", "", &[]).await.ends_with("Z\n"));
}

#[tokio::test]
async fn a_long_line_does_not_block_client_and_server() {
    let line = "a".repeat(12_000_000);
    assert!(show("echo-tcp", "", &[&line]).await.trim_end() == line);
}

#[tokio::test]
async fn kv_may_close_without_a_word_after_fin_but_not_before() {
    let (_, end) = run("kv", &says(b"").await, &["FIN"]).await;
    end.unwrap();
    let (screen, end) = run("kv", &says(b"OK sill\nOK li").await, &["fa", "mi"]).await;
    assert_eq!(screen, "OK sill\n");
    assert!(matches!(end, Err(ConnectError::ClosedEarly)));
}

#[tokio::test]
async fn an_early_close_is_told_by_every_tcp_client() {
    for exercise in [
        "echo-tcp",
        "upper-tcp",
        "text-commands",
        "mystery-number",
        "daytime-tcp",
    ] {
        let (_, end) = run(exercise, &says(b"").await, &["1"]).await;
        assert_eq!(end.unwrap_err().exit_code(), 1, "{exercise}");
    }
}

#[tokio::test]
async fn nothing_listening_is_told() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    drop(listener);
    let (_, end) = run("kv", &address, &["fa"]).await;
    assert!(matches!(end, Err(ConnectError::Unreachable { .. })));
    let (_, end) = run("kv", "nonsense", &["fa"]).await;
    assert_eq!(end.unwrap_err().exit_code(), 2);
}

#[tokio::test]
async fn a_lost_request_is_sent_again_and_late_answers_are_dropped() {
    let server = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let address = server.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        let stranger = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let mut request = [0; 100];
        // "un": lost once, then answered twice.
        server.recv_from(&mut request).await.unwrap();
        let (length, client) = server.recv_from(&mut request).await.unwrap();
        assert_eq!(&request[..length], b"un");
        server.send_to(b"UN", client).await.unwrap();
        server.send_to(b"UN", client).await.unwrap();
        // "deux": a stranger and a late answer come before the right one.
        server.recv_from(&mut request).await.unwrap();
        stranger.send_to(b"DEUX!", client).await.unwrap();
        server.send_to(b"UN", client).await.unwrap();
        server.send_to(b"DEUX", client).await.unwrap();
    });
    let (screen, end) = run("upper-udp", &address, &["un", "deux"]).await;
    end.unwrap();
    assert_eq!(screen, "UN\nDEUX\n");
}

#[tokio::test]
async fn a_lasting_silence_ends_the_client() {
    const WAITS: &[Duration] = &[Duration::from_millis(5), Duration::from_millis(10)];
    let silent = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let address = silent.local_addr().unwrap().to_string();
    let client = DatagramClient::open(&address).await.unwrap();
    let end = client.with_waits(WAITS).ask(b"?", |_| true).await;
    assert!(
        matches!(end, Err(ConnectError::Silent { requests: 2, .. })),
        "{end:?}"
    );
}

#[tokio::test]
async fn a_closed_udp_port_is_not_the_end_at_once() {
    const WAITS: &[Duration] = &[Duration::from_millis(5), Duration::from_millis(10)];
    let closed = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let address = closed.local_addr().unwrap().to_string();
    drop(closed);
    let client = DatagramClient::open(&address).await.unwrap();
    let end = client.with_waits(WAITS).ask(b"?", |_| true).await;
    assert!(matches!(end, Err(ConnectError::Silent { .. })), "{end:?}");
}
