//! The reference servers, asked over real sockets.

#![expect(
    clippy::unwrap_used,
    reason = "the helpers of a test fail by panicking, too"
)]

use std::io::Write;
use std::net::SocketAddr;
use std::time::Duration;

use sockspec_reference::{ServeError, ServeOptions, Server, exercises};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream, UdpSocket};
use tokio::time::timeout;

/// Far beyond what any of these dialogues needs: only a server that hangs reaches it.
const LIMIT: Duration = Duration::from_secs(20);

fn options(arguments: &str) -> ServeOptions {
    let arguments = arguments.split_whitespace().map(str::to_owned).collect();
    ServeOptions {
        arguments,
        ..ServeOptions::default()
    }
}

/// Starts a server on a free port.
fn start(exercise: &str, arguments: &str) -> SocketAddr {
    let server = Server::bind(exercise, &options(arguments)).unwrap();
    let address = server.address().internet().unwrap();
    tokio::spawn(server.run());
    address
}

/// All that the server answers to `sent`, which is followed by FIN, until it closes.
async fn dialogue(server: SocketAddr, sent: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(server).await.unwrap();
    let (mut input, mut output) = stream.split();
    let mut answers = Vec::new();
    let send = async {
        output.write_all(sent).await?;
        output.shutdown().await
    };
    let both = async { tokio::try_join!(send, input.read_to_end(&mut answers)) };
    timeout(LIMIT, both)
        .await
        .expect("the server closes")
        .unwrap();
    answers
}

/// The same, as text.
async fn text(server: SocketAddr, sent: &str) -> String {
    String::from_utf8(dialogue(server, sent.as_bytes()).await).unwrap()
}

/// The answer to one datagram.
async fn datagram(server: SocketAddr, sent: &[u8]) -> Vec<u8> {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    socket.connect(server).await.unwrap();
    socket.send(sent).await.unwrap();
    let mut answer = vec![0; 65_536];
    let length = timeout(LIMIT, socket.recv(&mut answer))
        .await
        .unwrap()
        .unwrap();
    answer.truncate(length);
    answer
}

/// Ends a connection by RST.
fn reset(stream: TcpStream) {
    stream.set_zero_linger().unwrap();
    drop(stream);
}

#[tokio::test]
async fn echo_tcp_sends_everything_back() {
    let server = start("echo-tcp", "");
    let sent: Vec<u8> = (0..3_000_000_u32)
        .map(|index| index.wrapping_mul(7919) as u8)
        .collect();
    assert!(dialogue(server, &sent).await == sent);
    assert_eq!(dialogue(server, b"").await, b"");
}

#[tokio::test]
async fn echo_udp_sends_whole_datagrams_back() {
    let server = start("echo-udp", "");
    for length in [0, 1, 1472, 65_507] {
        assert!(
            datagram(server, &vec![b'x'; length]).await == vec![b'x'; length],
            "{length}"
        );
    }
}

#[tokio::test]
async fn a_udp_server_survives_a_client_that_is_gone() {
    let server = start("echo-udp", "");
    for _ in 0..50 {
        let gone = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        gone.send_to(b"x", server).await.unwrap();
    }
    assert_eq!(datagram(server, b"still there").await, b"still there");
}

#[tokio::test]
async fn upper_speaks_both_dialects() {
    let (tcp, udp) = (
        start("upper-tcp", ""),
        start("upper-udp", "--dialect ascii"),
    );
    assert_eq!(dialogue(tcp, "aé\n".as_bytes()).await, "Aé\n".as_bytes());
    assert_eq!(datagram(udp, "aé".as_bytes()).await, "Aé".as_bytes());
    let tcp = start("upper-tcp", "--dialect unicode");
    let udp = start("upper-udp", "--dialect=unicode");
    assert_eq!(
        dialogue(tcp, b"a\xC3\xA9\xFF\xC3").await,
        b"A\xC3\x89\xFF\xC3"
    );
    assert_eq!(datagram(udp, "ß".as_bytes()).await, b"SS");
}

#[tokio::test]
async fn text_commands_answers_all_requests_of_one_segment() {
    let server = start("text-commands", "");
    let answers = text(server, "UPPER déjà\r\nLOWER ÉTÉ\nUPPER\nhello\nUPPER fin").await;
    assert_eq!(answers, "DÉJÀ\nété\n\nERR unknown command\nFIN\n");
}

#[tokio::test]
async fn lines_that_are_not_utf8_get_an_error_and_the_next_ones_their_answer() {
    let server = start("text-commands", "");
    let answers = dialogue(server, b"UPPER \xE9\nUPPER a\n").await;
    assert_eq!(answers, b"ERR invalid UTF-8\nA\n");
}

#[tokio::test]
async fn a_line_too_long_gets_an_error_and_the_end_also_while_the_client_still_sends() {
    for exercise in ["text-commands", "kv", "mystery-number"] {
        let server = start(exercise, "");
        let answers = dialogue(server, &vec![b'a'; 1024 * 1024]).await;
        assert!(answers.ends_with(b"ERR line too long\n"), "{exercise}");
    }
}

#[tokio::test]
async fn kv_answers_keys_until_fin() {
    let server = start("kv", "");
    let answers = text(server, "fa\n mi \r\nfaa\n\nFIN\nli\n").await;
    assert_eq!(
        answers,
        "OK sill\nOK lion\nERR unknown key\nERR unknown key\nBYE\n"
    );
}

#[tokio::test]
async fn kv_reads_its_data_from_a_file() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all("été\tl'été indien\n".as_bytes()).unwrap();
    let server = start("kv", &format!("--data {}", file.path().display()));
    assert_eq!(
        text(server, "été\nfa\n").await,
        "OK l'été indien\nERR unknown key\n"
    );
}

#[tokio::test]
async fn mystery_number_plays_to_the_end_and_closes() {
    let server = start("mystery-number", "--n 10 --k 3 --secret 7");
    let won = text(server, "5\nhuit\n9\n7\n1\n").await;
    assert_eq!(
        won,
        "MYSTERE 10 3\nPLUS GRAND\nERR not a number\nPLUS PETIT\nGAGNE\n"
    );
    assert_eq!(
        text(server, "1\n2\n3\n").await,
        "MYSTERE 10 3\nPLUS GRAND\nPLUS GRAND\nPERDU 7\n"
    );
}

#[tokio::test]
async fn files_sends_files_and_nothing_from_outside() {
    let server = start("files", "");
    let answers = text(
        server,
        "GET folder/inside.txt\nGET ../outside.txt\nGET empty.txt\nGET folder\nPUT x\nFIN\nGET x\n",
    );
    let expected = "OK 33\nUn fichier dans un sous-dossier.\nERR forbidden\nOK 0\nERR not found\n\
                    ERR unknown command\nBYE\n";
    assert_eq!(answers.await, expected);
    let big = dialogue(server, b"GET big.txt\n").await;
    assert!(big.starts_with(b"OK 1048576\nligne 00000"));
    assert_eq!(big.len(), "OK 1048576\n".len() + (1 << 20));
}

#[tokio::test]
async fn files_serves_the_folder_that_it_is_told() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a b.txt"), "été").unwrap();
    let server = start("files", &format!("--root {}", folder.path().display()));
    assert_eq!(text(server, "GET a b.txt\n").await, "OK 5\nété");
    let refused = Server::bind("files", &options("--root /no/such/folder"));
    assert!(matches!(refused, Err(ServeError::Usage { .. })));
}

#[tokio::test]
async fn daytime_tells_the_time_at_once_and_closes() {
    let mut stream = TcpStream::connect(start("daytime-tcp", "")).await.unwrap();
    stream.write_all(b"what time is it?\n").await.unwrap();
    let mut line = String::new();
    timeout(LIMIT, stream.read_to_string(&mut line))
        .await
        .unwrap()
        .unwrap();
    assert!(line.starts_with("20") && line.ends_with("Z\n"), "{line}");
    let line = datagram(start("daytime-udp", ""), b"").await;
    assert!(line.starts_with(b"20") && line.ends_with(b"Z\n"));
}

#[tokio::test]
async fn an_abrupt_or_silent_client_does_not_touch_the_others() {
    for exercise in [
        "echo-tcp",
        "upper-tcp",
        "text-commands",
        "kv",
        "mystery-number",
    ] {
        let server = start(exercise, "");
        let idle = TcpStream::connect(server).await.unwrap();
        let mut flooding = TcpStream::connect(server).await.unwrap();
        let flood = vec![b'\n'; 64 * 1024 * 1024];
        let flooded = timeout(Duration::from_millis(200), flooding.write_all(&flood)).await;
        assert!(
            flooded.is_err() || flooded.unwrap().is_err(),
            "{exercise} takes all it gets"
        );
        for _ in 0..20 {
            let mut stream = TcpStream::connect(server).await.unwrap();
            stream.write_all(b"fa\nfa").await.unwrap();
            reset(stream);
        }
        let answers = dialogue(server, b"fa\n").await;
        assert!(!answers.is_empty(), "{exercise}");
        drop((idle, flooding));
    }
}

#[tokio::test]
async fn many_clients_are_served_at_once() {
    let server = start("kv", "");
    let mut streams = Vec::new();
    for _ in 0..200 {
        let socket = TcpSocket::new_v4().unwrap();
        streams.push(socket.connect(server).await.unwrap());
    }
    for stream in streams.iter_mut().rev() {
        stream.write_all(b"fa\n").await.unwrap();
        let mut answer = [0; 8];
        timeout(LIMIT, stream.read_exact(&mut answer))
            .await
            .unwrap()
            .unwrap();
        assert_eq!(&answer, b"OK sill\n");
    }
}

#[tokio::test]
async fn each_exercise_can_be_served() {
    for exercise in exercises() {
        let folder = tempfile::tempdir().unwrap();
        let options = ServeOptions {
            path: Some(folder.path().join("socket")),
            ..options("")
        };
        let server = Server::bind(exercise, &options).unwrap();
        let port = server.address().internet().map(|at| at.port());
        assert_ne!(port, Some(0), "{exercise}");
    }
}

#[tokio::test]
async fn who_must_act_is_told_apart() {
    let error = |exercise, arguments| Server::bind(exercise, &options(arguments)).err().unwrap();
    let ServeError::UnknownExercise { known, .. } = error("kvv", "") else {
        panic!()
    };
    assert_eq!(known, exercises());
    for (exercise, arguments, told) in [
        ("kv", "--what", "unexpected argument '--what'"),
        ("kv", "--data /nowhere/x", "cannot read `/nowhere/x`"),
        ("echo-tcp", "--n 5", "unexpected argument '--n'"),
        ("mystery-number", "--n 0", "invalid value '0'"),
        ("mystery-number", "--n 5 --secret 6", "between 1 and 5"),
        (
            "upper-tcp",
            "--dialect latin1",
            "possible values: ascii, unicode",
        ),
    ] {
        let error = error(exercise, arguments);
        assert!(matches!(error, ServeError::Usage { .. }), "{error:?}");
        assert!(error.to_string().contains(told), "{error}");
    }
    let taken = ServeOptions {
        port: start("kv", "").port(),
        ..ServeOptions::default()
    };
    assert!(matches!(
        Server::bind("kv", &taken),
        Err(ServeError::Bind { .. })
    ));
}
