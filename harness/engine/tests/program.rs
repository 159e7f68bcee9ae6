//! Programs that the harness starts: small scripts that listen, or do not, or will not go.
#![cfg(target_os = "linux")]

use std::io::Read;
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use sockspec_case::program::{Exit, Stream};
use sockspec_engine::Target;
use sockspec_engine::program::{
    CommandLine, Instance, Launch, Spot, StartFailure, Surroundings, Values, environment,
};
use sockspec_sockdiag::{Diag, Process};
use sockspec_spec::model::Transport;

/// Far longer than anything here takes, even on a loaded machine.
const PATIENCE: Duration = Duration::from_secs(30);
/// What programs that do not end are given to end.
const GRACE: Duration = Duration::from_millis(300);

/// A server in Python: `l` listens on the port that is its argument.
const LISTENS: &str = "import os,signal,socket,sys,time; \
    l = socket.create_server((\"127.0.0.1\", int(sys.argv[1])));";

fn launch(command: &str) -> Launch {
    Launch {
        command: CommandLine::parse(command).expect("the command has words"),
        transport: Transport::Tcp,
        surroundings: Surroundings {
            directory: None,
            environment: environment::kept(&[]),
        },
        values: Values::default(),
        start: PATIENCE,
        grace: GRACE,
    }
}

fn python(script: &str) -> Launch {
    launch(&format!("python3 -c '{script}' {{port}}"))
}

fn start(launch: &Launch) -> Instance {
    let spot = Arc::new(Spot::free(launch.transport).expect("a port is free"));
    Instance::start(launch, spot).expect("it can be executed")
}

async fn ready(instance: &mut Instance) -> Result<Target, StartFailure> {
    let diag = Diag::open().ok();
    instance.ready(diag.as_ref(), PATIENCE).await
}

#[track_caller]
fn address(target: Target) -> std::net::SocketAddr {
    match target {
        Target::Tcp(address) | Target::Udp(address) => address,
        other => panic!("no port: {other:?}"),
    }
}

/// Waits until `done`, under a deadline.
async fn until(what: &str, mut done: impl FnMut() -> bool) {
    let start = Instant::now();
    while !done() {
        assert!(start.elapsed() < PATIENCE, "never: {what}");
        sockspec_engine::program::ending::moment(Duration::from_millis(2)).await;
    }
}

#[tokio::test]
async fn a_server_is_ready_when_it_listens_and_nobody_has_connected() {
    let script =
        format!("{LISTENS} print(\"up\", flush=True); c, _ = l.accept(); c.sendall(b\"hello\")");
    let mut instance = start(&python(&script));
    let target = ready(&mut instance).await.unwrap();
    let mut client = TcpStream::connect(address(target)).unwrap();
    let mut said = String::new();
    client.read_to_string(&mut said).unwrap();
    assert_eq!(said, "hello", "the one client that it serves is ours");
    assert_eq!(instance.running.wait(PATIENCE).await, Some(Exit::Code(0)));
    instance.running.capture.wait_for_end(PATIENCE);
    assert_eq!(instance.running.capture.end_of(Stream::Out), b"up\n");
}

#[tokio::test]
async fn a_wildcard_a_datagram_and_a_path_are_found_too() {
    let wildcard = "import socket,sys,time; l = socket.socket(); l.bind((\"\", int(sys.argv[1]))); l.listen(); time.sleep(99)";
    let mut instance = start(&python(wildcard));
    assert!(
        address(ready(&mut instance).await.unwrap())
            .ip()
            .is_loopback()
    );

    let six = "import socket,sys,time; l = socket.create_server((\"::1\", int(sys.argv[1])), family=socket.AF_INET6); time.sleep(99)";
    let mut instance = start(&python(six));
    if Path::new("/proc/net/tcp6").exists() {
        assert!(address(ready(&mut instance).await.unwrap()).is_ipv6());
    }

    let datagrams = "import socket,sys,time; s = socket.socket(type=socket.SOCK_DGRAM); s.bind((\"127.0.0.1\", int(sys.argv[1]))); time.sleep(99)";
    let udp = Launch {
        transport: Transport::Udp,
        ..python(datagrams)
    };
    assert!(matches!(ready(&mut start(&udp)).await, Ok(Target::Udp(_))));

    let unix = Launch {
        transport: Transport::Unix,
        ..launch(
            "python3 -c 'import socket,sys,time; l = socket.socket(socket.AF_UNIX); l.bind(sys.argv[1]); l.listen(); time.sleep(99)' {path}",
        )
    };
    let mut instance = start(&unix);
    let Ok(Target::Unix(path)) = ready(&mut instance).await else {
        panic!("no path");
    };
    assert!(path.exists());
    instance.running.end(GRACE).await;
    drop(instance.spot);
    assert!(!path.exists() && !path.parent().unwrap().exists());
}

#[tokio::test]
async fn a_program_that_dies_says_how_and_what_it_said_last() {
    let mut instance = start(&launch(
        "sh -c 'echo out; echo no such file >&2; exit 3' {port}",
    ));
    let failure = ready(&mut instance).await.unwrap_err();
    assert_eq!(failure, StartFailure::Died(Exit::Code(3)));
    assert_eq!(instance.epitaph().await.words, b"no such file\n");

    let mut killed = start(&launch("sh -c 'kill -SEGV $$' {port}"));
    let failure = ready(&mut killed).await.unwrap_err();
    assert_eq!(failure, StartFailure::Died(Exit::Signal(11)));

    let spot = Arc::new(Spot::free(Transport::Tcp).unwrap());
    let missing = Instance::start(&launch("/no/such/program {port}"), spot).unwrap_err();
    assert!(matches!(missing, StartFailure::NotExecuted { .. }));
}

#[tokio::test]
async fn a_program_that_listens_elsewhere_or_nowhere_is_told_apart() {
    let other = "import socket,time; l = socket.create_server((\"127.0.0.1\", 0)); print(l.getsockname()[1], flush=True); time.sleep(99)";
    let mut instance = start(&python(other));
    let diag = Diag::open().ok();
    let limit = Duration::from_millis(1500);
    let failure = instance.ready(diag.as_ref(), limit).await.unwrap_err();
    let StartFailure::Elsewhere { found, told } = failure else {
        panic!("{failure:?}");
    };
    let port = String::from_utf8(instance.running.capture.end_of(Stream::Out)).unwrap();
    assert_eq!(found, format!("TCP 127.0.0.1:{}", port.trim()));
    assert_eq!(told, format!("TCP {}", instance.spot.told().port));

    let mut instance = start(&launch("sleep 99"));
    let limit = Duration::from_millis(100);
    let failure = instance.ready(diag.as_ref(), limit).await.unwrap_err();
    assert_eq!(failure, StartFailure::Silent { limit });
}

#[tokio::test]
async fn the_whole_tree_ends() {
    // A child, a grandchild in a session of its own whose parent has ended, and all of them deaf to SIGTERM.
    let script = format!(
        "{LISTENS} signal.signal(signal.SIGTERM, signal.SIG_IGN)
if os.fork() == 0:
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            print(os.getpid(), flush=True)
            time.sleep(99)
        os._exit(0)
    time.sleep(99)
time.sleep(99)"
    );
    let mut instance = start(&python(&script));
    let target = ready(&mut instance).await.unwrap();
    until("the daemon runs", || {
        instance
            .running
            .capture
            .end_of(Stream::Out)
            .ends_with(b"\n")
    })
    .await;
    let daemon = String::from_utf8(instance.running.capture.end_of(Stream::Out)).unwrap();
    let daemon = Process {
        pid: daemon.trim().parse().unwrap(),
    };
    until("the orphan is ours", || {
        instance.running.tree.living().contains(&daemon)
    })
    .await;
    let all = instance.running.tree.living();
    assert!(all.len() >= 3, "{all:?}");
    instance.running.end(GRACE).await;
    assert!(all.iter().all(|process| !process.is_alive()));
    assert!(TcpStream::connect(address(target)).is_err());
}

#[tokio::test]
async fn a_server_that_makes_itself_a_daemon_serves() {
    let script = "import os,sys
if os.fork(): os._exit(0)
os.setsid()
if os.fork(): os._exit(0)
import socket,time
l = socket.create_server((\"127.0.0.1\", int(sys.argv[1])))
time.sleep(99)";
    let mut instance = start(&python(script));
    let target = ready(&mut instance).await.unwrap();
    let diag = Diag::open().ok();
    assert_eq!(instance.death(diag.as_ref()).await, None);
    drop(instance);
    let gone = TcpStream::connect(address(target)).is_err();
    assert!(gone, "dropping ends it");
}

#[tokio::test]
async fn a_death_is_seen() {
    let script = format!("{LISTENS} c, _ = l.accept(); sys.exit(\"a bug\")");
    let mut instance = start(&python(&script));
    let target = ready(&mut instance).await.unwrap();
    let diag = Diag::open().ok();
    assert_eq!(instance.death(diag.as_ref()).await, None);
    let client = TcpStream::connect(address(target)).unwrap();
    until("it dies", || instance.running.exit().is_some()).await;
    let death = instance.death(diag.as_ref()).await.unwrap();
    assert_eq!(
        (death.exit, &death.words[..]),
        (Some(Exit::Code(1)), &b"a bug\n"[..])
    );
    drop(client);
}

#[tokio::test]
async fn surroundings_are_clean() {
    // Signals that the harness ignores are not ignored, its variables and descriptors are not handed on.
    let script = "import os,signal,sys
ignored = [s for s in range(1, 32) if s not in (9, 19) and signal.getsignal(s) == signal.SIG_IGN]
# What Python itself ignores at its start.
ignored = [s for s in ignored if s not in (signal.SIGPIPE, signal.SIGXFSZ)]
print(ignored, sorted(os.listdir(\"/proc/self/fd\"))[:3], len(os.listdir(\"/proc/self/fd\")))
print(\"CARGO_PKG_NAME\" in os.environ, \"PATH\" in os.environ, os.getpid() == os.getsid(0))
print(signal.pthread_sigmask(signal.SIG_BLOCK, []), os.getcwd())";
    let mut launch = python(script);
    launch.surroundings.directory = Some("/".into());
    // SAFETY: ignoring SIGUSR2 and duplicating stderr concern nobody else in this process.
    let inherited = unsafe {
        libc::signal(libc::SIGUSR2, libc::SIG_IGN);
        libc::dup(2)
    };
    assert!(inherited > 2);
    let mut instance = start(&launch);
    assert_eq!(instance.running.wait(PATIENCE).await, Some(Exit::Code(0)));
    instance.running.capture.wait_for_end(PATIENCE);
    let said = String::from_utf8(instance.running.capture.end_of(Stream::Out)).unwrap();
    // The fourth descriptor is that of the listing itself.
    let wanted = "[] ['0', '1', '2'] 4\nFalse True True\nset() /\n";
    assert_eq!(said, wanted, "{:?}", instance.epitaph().await);
    // SAFETY: nobody else has the descriptor.
    unsafe { libc::close(inherited) };
}

#[tokio::test]
async fn a_program_that_floods_its_output_is_not_kept_waiting() {
    let script = format!(
        "{LISTENS}
for _ in range(200): sys.stdout.write(\"x\" * 10000)
sys.stdout.flush(); c, _ = l.accept(); c.sendall(b\"done\")"
    );
    let mut instance = start(&python(&script));
    let target = ready(&mut instance).await.unwrap();
    let mut said = String::new();
    let mut client = TcpStream::connect(address(target)).unwrap();
    client.read_to_string(&mut said).unwrap();
    assert_eq!(said, "done");
    instance.running.wait(PATIENCE).await;
    instance.running.capture.wait_for_end(PATIENCE);
    let since = instance.running.capture.since_last();
    let kept: usize = since.printed.iter().map(|one| one.bytes.len()).sum();
    assert_eq!(kept as u64 + since.left_out, 2_000_000);
    assert!(kept < 100_000);
}
