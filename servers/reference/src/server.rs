//! Finds the server of an exercise, and runs it.

use std::future::Future;
use std::pin::Pin;

use clap::Parser;
use sockspec_kit::{
    Address, ServeError, ServeOptions, Signals, SocketPath, announce, bind_udp, listen_tcp,
    listen_unix, say_bye, serve_connections, serve_datagrams, serve_one,
};
use tokio::net::{TcpListener, TcpStream, UdpSocket, UnixListener, UnixStream};

use crate::chat::Order;
use crate::{
    bar, chargen, chat, daytime, discard, echo, files, kv, kv_peer, line_printer, mystery_number,
    successor, text_commands, time, upper, web,
};

/// The exercises' ids, in the order of the course.
pub fn exercises() -> &'static [&'static str] {
    &[
        "echo-tcp",
        "echo-udp",
        "upper-tcp",
        "upper-udp",
        "text-commands",
        "mystery-number",
        "kv",
        "kv-peer",
        "files",
        "web",
        "daytime-tcp",
        "daytime-udp",
        "time-tcp",
        "time-udp",
        "discard-tcp",
        "discard-udp",
        "chargen-tcp",
        "chargen-udp",
        "unix-successor",
        "line-printer",
        "bar",
        "chat-turns",
        "chat-duplex",
    ]
}

/// The ids of the exercises that are whole programs, to which nobody connects.
pub fn programs() -> &'static [&'static str] {
    &["ephemeral-ports", "menu"]
}

/// Serves `exercise` until SIGINT or SIGTERM. Prints `listening on ADDRESS:PORT` on stdout as
/// soon as clients may come, and `Bye` on stderr at the end.
///
/// # Errors
/// What [`Server::bind`] answers; [`ServeError::Signals`].
///
/// # Panics
/// Outside a tokio runtime with I/O and time enabled.
pub async fn serve(exercise: &str, options: ServeOptions) -> Result<(), ServeError> {
    let mut signals = Signals::install().map_err(ServeError::Signals)?;
    let server = Server::bind(exercise, &options)?;
    announce(&server.address());
    tokio::select! {
        () = server.run() => {}
        () = signals.received() => {}
    }
    say_bye();
    Ok(())
}

/// A server that has its port, and runs when [`run`](Self::run) is awaited.
pub struct Server {
    address: Address,
    run: Pin<Box<dyn Future<Output = ()> + Send>>,
    /// The path of its socket, where it has one: removed with it.
    _path: Option<SocketPath>,
}

impl Server {
    /// Reads the options of `exercise` and takes its port. Clients may connect from now on.
    ///
    /// # Errors
    /// [`ServeError::UnknownExercise`], [`ServeError::Usage`] for its options,
    /// [`ServeError::Bind`].
    ///
    /// # Panics
    /// Outside a tokio runtime with I/O enabled.
    pub fn bind(exercise: &str, options: &ServeOptions) -> Result<Self, ServeError> {
        match exercise {
            "echo-tcp" => {
                parse::<NoOptions>(exercise, options)?;
                tcp(options, echo::serve_client)
            }
            "echo-udp" => {
                parse::<NoOptions>(exercise, options)?;
                udp(options, |datagram| Some(datagram.to_vec()))
            }
            "upper-tcp" => {
                let upper::Options { dialect } = parse(exercise, options)?;
                tcp(options, move |stream| upper::serve_client(stream, dialect))
            }
            "upper-udp" => {
                let upper::Options { dialect } = parse(exercise, options)?;
                udp(options, move |datagram| {
                    Some(upper::capitals(datagram, dialect))
                })
            }
            "text-commands" => {
                parse::<NoOptions>(exercise, options)?;
                tcp(options, text_commands::serve_client)
            }
            "mystery-number" => {
                let rules = parse::<mystery_number::Options>(exercise, options)?.rules();
                let mut rules = rules.map_err(|message| usage(exercise, message))?;
                tcp(options, move |stream| {
                    mystery_number::serve_client(stream, rules.new_game())
                })
            }
            "kv" => {
                let data = parse::<kv::Options>(exercise, options)?.data();
                let data = data.map_err(|message| usage(exercise, message))?;
                tcp(options, move |stream| {
                    kv::serve_client(stream, data.clone())
                })
            }
            "kv-peer" => {
                let store = parse::<kv_peer::Options>(exercise, options)?.store();
                let store = store.map_err(|message| usage(exercise, message))?;
                tcp(options, move |stream| {
                    kv_peer::serve_client(stream, store.clone())
                })
            }
            "files" => {
                let root = parse::<files::Options>(exercise, options)?.root();
                let root = root.map_err(|message| usage(exercise, message))?;
                tcp(options, move |stream| {
                    files::serve_client(stream, root.clone())
                })
            }
            "web" => {
                let root = parse::<files::Options>(exercise, options)?.root();
                let root = root.map_err(|message| usage(exercise, message))?;
                tcp(options, move |stream| {
                    web::serve_client(stream, root.clone())
                })
            }
            "daytime-tcp" => {
                parse::<NoOptions>(exercise, options)?;
                tcp(options, daytime::serve_client)
            }
            "daytime-udp" => {
                parse::<NoOptions>(exercise, options)?;
                udp(options, |_| Some(daytime::now().into_bytes()))
            }
            "time-tcp" => {
                parse::<NoOptions>(exercise, options)?;
                tcp(options, time::serve_client)
            }
            "time-udp" => {
                parse::<NoOptions>(exercise, options)?;
                udp(options, |_| Some(time::now().to_vec()))
            }
            "discard-tcp" => {
                parse::<NoOptions>(exercise, options)?;
                tcp(options, discard::serve_client)
            }
            "discard-udp" => {
                parse::<NoOptions>(exercise, options)?;
                udp(options, |_| None)
            }
            "chargen-tcp" => {
                parse::<NoOptions>(exercise, options)?;
                tcp(options, chargen::serve_client)
            }
            "chargen-udp" => {
                parse::<NoOptions>(exercise, options)?;
                udp(options, |_| Some(chargen::datagram()))
            }
            "bar" => {
                parse::<NoOptions>(exercise, options)?;
                tcp(options, bar::serve_client)
            }
            "unix-successor" => {
                parse::<NoOptions>(exercise, options)?;
                unix(options, successor::USUAL_PATH, successor::serve_client)
            }
            "line-printer" => {
                parse::<NoOptions>(exercise, options)?;
                tcp(options, line_printer::serve_client)
            }
            "chat-turns" => {
                parse::<NoOptions>(exercise, options)?;
                tcp_once(options, |stream| chat::serve_client(stream, Order::InTurn))
            }
            "chat-duplex" => {
                parse::<NoOptions>(exercise, options)?;
                tcp_once(options, |stream| chat::serve_client(stream, Order::AtWill))
            }
            unknown => Err(ServeError::UnknownExercise {
                exercise: unknown.to_owned(),
                known: exercises(),
            }),
        }
    }

    /// Where the server listens.
    pub fn address(&self) -> Address {
        self.address.clone()
    }

    /// Serves for ever. Dropping the future closes every connection.
    pub async fn run(self) {
        // The whole of it is kept until the end: the path goes with the server.
        let Self { run, _path, .. } = self;
        run.await;
    }
}

fn tcp<S, F>(options: &ServeOptions, serve_client: S) -> Result<Server, ServeError>
where
    S: FnMut(TcpStream) -> F + Send + 'static,
    F: Future<Output = std::io::Result<()>> + Send + 'static,
{
    let (address, listener) = tcp_listener(options)?;
    Ok(Server {
        address,
        run: Box::pin(serve_connections(listener, serve_client)),
        _path: None,
    })
}

/// A server that serves one client, and ends with it.
fn tcp_once<S, F>(options: &ServeOptions, serve_client: S) -> Result<Server, ServeError>
where
    S: FnOnce(TcpStream) -> F + Send + 'static,
    F: Future<Output = std::io::Result<()>> + Send + 'static,
{
    let (address, listener) = tcp_listener(options)?;
    Ok(Server {
        address,
        run: Box::pin(serve_one(listener, serve_client)),
        _path: None,
    })
}

fn tcp_listener(options: &ServeOptions) -> Result<(Address, TcpListener), ServeError> {
    let listener = listen_tcp(options)?;
    let bind_error = |source| ServeError::Bind {
        address: "the TCP port".to_owned(),
        source,
    };
    listener.set_nonblocking(true).map_err(bind_error)?;
    let listener = TcpListener::from_std(listener).map_err(bind_error)?;
    let address = listener.local_addr().map_err(bind_error)?;
    Ok((address.into(), listener))
}

/// A server at a path.
fn unix<S, F>(options: &ServeOptions, usual: &str, serve_client: S) -> Result<Server, ServeError>
where
    S: FnMut(UnixStream) -> F + Send + 'static,
    F: Future<Output = std::io::Result<()>> + Send + 'static,
{
    let (listener, path) = listen_unix(options, usual)?;
    let bind_error = |source| ServeError::Bind {
        address: path.as_path().display().to_string(),
        source,
    };
    listener.set_nonblocking(true).map_err(bind_error)?;
    let listener = UnixListener::from_std(listener).map_err(bind_error)?;
    Ok(Server {
        address: Address::Path(path.as_path().to_owned()),
        run: Box::pin(serve_connections(listener, serve_client)),
        _path: Some(path),
    })
}

fn udp<A>(options: &ServeOptions, answer: A) -> Result<Server, ServeError>
where
    A: FnMut(&[u8]) -> Option<Vec<u8>> + Send + 'static,
{
    let socket = bind_udp(options)?;
    let bind_error = |source| ServeError::Bind {
        address: "the UDP port".to_owned(),
        source,
    };
    socket.set_nonblocking(true).map_err(bind_error)?;
    let socket = UdpSocket::from_std(socket).map_err(bind_error)?;
    let address = socket.local_addr().map_err(bind_error)?;
    Ok(Server {
        address: address.into(),
        run: Box::pin(serve_datagrams(socket, answer)),
        _path: None,
    })
}

/// For the exercises that have no option.
#[derive(Debug, Parser)]
#[command(no_binary_name = true)]
struct NoOptions {}

/// The options of `exercise` among those of the command line.
fn parse<O: Parser>(exercise: &str, options: &ServeOptions) -> Result<O, ServeError> {
    let command = O::command().bin_name(exercise);
    let matches = command.try_get_matches_from(&options.arguments);
    matches
        .and_then(|mut matches| O::from_arg_matches_mut(&mut matches))
        .map_err(|error| usage(exercise, error.render().to_string().trim_end().to_owned()))
}

fn usage(exercise: &str, message: String) -> ServeError {
    ServeError::Usage {
        exercise: exercise.to_owned(),
        message,
    }
}
