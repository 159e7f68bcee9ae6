//! Starts the server of an exercise with one mistake, and waits for its end.

use std::io;
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::os::fd::OwnedFd;
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use sockspec_kit::{
    Address, Root, ServeError, ServeOptions, SocketPath, announce, say_bye, watch_signals,
};

use crate::catalogue::{exercises, mistakes};
use crate::connection::Stop;
use crate::life::{Fate, Life};
use crate::mistake::Mistake;
use crate::options::Arguments;
use crate::program::{Fault, program_flaws};
use crate::{
    bar, byte_server, chargen_server, chat, datagram_server, daytime_server, discard_server, files,
    kv, line_printer, mystery_number, successor, text_commands, web,
};

/// Serves `exercise` with `flaw` until SIGINT, SIGTERM, or the flaw kills the server. Prints
/// `listening on ADDRESS:PORT` on stdout as soon as clients may come, and `Bye` on stderr when a
/// signal ended it.
///
/// It blocks, and leaves threads behind: the program should end after it.
///
/// # Errors
/// [`ServeError::UnknownExercise`], [`ServeError::UnknownFlaw`], [`ServeError::Usage`] for the
/// exercise's options, [`ServeError::Bind`], [`ServeError::Signals`]; [`ServeError::Died`] when
/// the flaw killed it.
pub fn serve(exercise: &str, flaw: &str, options: ServeOptions) -> Result<(), ServeError> {
    let known = mistakes(exercise).ok_or_else(|| unknown_exercise(exercise))?;
    let mistake = known.iter().find(|mistake| mistake.name() == flaw).copied();
    let fault = Fault::named(flaw);
    if mistake.is_none() && fault.is_none() {
        let programs = program_flaws().iter().map(|flaw| flaw.name);
        return Err(ServeError::UnknownFlaw {
            exercise: exercise.to_owned(),
            flaw: flaw.to_owned(),
            known: known.iter().map(|one| one.name()).chain(programs).collect(),
        });
    }
    if fault == Some(Fault::CrashesOnExtraArgument) && !options.arguments.is_empty() {
        std::process::abort();
    }
    let (sender, fate) = mpsc::channel();
    let life = Life::with(sender, fault);
    let signalled = life.clone();
    watch_signals(move |signal| signalled.hears(signal)).map_err(ServeError::Signals)?;
    let started = start(exercise, mistake, &options, life)?;
    announce(&started.address);
    wait(&fate)
}

fn wait(fate: &Receiver<Fate>) -> Result<(), ServeError> {
    match fate.recv() {
        Ok(Fate::Died(reason)) => Err(ServeError::Died { reason }),
        Ok(Fate::Signal) | Err(_) => {
            say_bye();
            Ok(())
        }
    }
}

/// A server that was started.
pub(crate) struct Started {
    /// Where it listens.
    pub(crate) address: Address,
    /// What it serves files from; a tree that was written out for it goes with this.
    pub(crate) _root: Option<Root>,
    /// The path of its socket, where it has one, which goes with this.
    pub(crate) _path: Option<SocketPath>,
}

impl From<SocketAddr> for Started {
    fn from(address: SocketAddr) -> Self {
        Self {
            address: address.into(),
            _root: None,
            _path: None,
        }
    }
}

/// Starts the server of `exercise`; without a mistake it is right.
pub(crate) fn start(
    exercise: &str,
    mistake: Option<Mistake>,
    options: &ServeOptions,
    life: Life,
) -> Result<Started, ServeError> {
    let arguments = |known| Arguments::parse(exercise, &options.arguments, known);
    let address = match exercise {
        "echo-tcp" => {
            arguments(&[])?;
            tcp(options, mistake, life, byte_server::echo(mistake))
        }
        "upper-tcp" => {
            arguments(&[])?;
            tcp(options, mistake, life, byte_server::upper(mistake))
        }
        "text-commands" => {
            arguments(&[])?;
            tcp(options, mistake, life, text_commands::server(mistake))
        }
        "mystery-number" => {
            let arguments = arguments(mystery_number::OPTIONS)?;
            tcp(
                options,
                mistake,
                life,
                mystery_number::server(mistake, &arguments)?,
            )
        }
        "kv" => {
            let arguments = arguments(kv::OPTIONS)?;
            tcp(options, mistake, life, kv::server(mistake, &arguments)?)
        }
        "line-printer" => {
            arguments(&[])?;
            tcp(options, mistake, life, line_printer::server(mistake))
        }
        "chat-turns" | "chat-duplex" => {
            arguments(&[])?;
            let server = chat::server(exercise == "chat-turns", mistake);
            tcp(options, mistake, life, server)
        }
        "kv-peer" => {
            let arguments = arguments(kv::PEER_OPTIONS)?;
            tcp(options, mistake, life, kv::server(mistake, &arguments)?)
        }
        "daytime-tcp" => {
            arguments(&[])?;
            tcp(options, mistake, life, daytime_server::daytime(mistake))
        }
        "echo-udp" => {
            arguments(&[])?;
            udp(options, mistake, life, datagram_server::echo())
        }
        "upper-udp" => {
            arguments(&[])?;
            udp(options, mistake, life, datagram_server::upper(mistake))
        }
        "daytime-udp" => {
            arguments(&[])?;
            udp(options, mistake, life, datagram_server::daytime(mistake))
        }
        "time-tcp" => {
            arguments(&[])?;
            tcp(options, mistake, life, daytime_server::time(mistake))
        }
        "time-udp" => {
            arguments(&[])?;
            udp(options, mistake, life, datagram_server::time(mistake))
        }
        "discard-tcp" => {
            arguments(&[])?;
            tcp(options, mistake, life, discard_server::server(mistake))
        }
        "discard-udp" => {
            arguments(&[])?;
            udp(options, mistake, life, datagram_server::discard(mistake))
        }
        "chargen-tcp" => {
            arguments(&[])?;
            tcp(options, mistake, life, chargen_server::server(mistake))
        }
        "chargen-udp" => {
            arguments(&[])?;
            udp(options, mistake, life, datagram_server::chargen(mistake))
        }
        "files" | "web" => {
            let root = files::root(&arguments(files::OPTIONS)?)?;
            let address = match exercise {
                "web" => tcp(options, mistake, life, web::server(mistake, &root))?,
                _ => tcp(options, mistake, life, files::server(mistake, &root))?,
            };
            return Ok(Started {
                _root: Some(root),
                ..address.into()
            });
        }
        "bar" => {
            arguments(&[])?;
            tcp(options, mistake, life, bar::server(mistake))
        }
        "unix-successor" => {
            arguments(&[])?;
            return unix(options, mistake, life, successor::server(mistake));
        }
        _ => Err(unknown_exercise(exercise)),
    };
    address.map(Started::from)
}

/// How long a server that refuses a second client waits for the first to leave: a client that
/// has closed is gone when the next one comes, even if its thread has not seen it yet.
const LEAVING: Duration = Duration::from_millis(200);

/// The places of a server with few.
const POOL: usize = 2;

fn tcp<S>(
    options: &ServeOptions,
    mistake: Option<Mistake>,
    life: Life,
    serve_client: S,
) -> Result<SocketAddr, ServeError>
where
    S: Fn(TcpStream, &Life) -> Result<(), Stop> + Send + Sync + 'static,
{
    let listener = Fault::listen(life.fault(), options)?;
    let address = listener.local_addr().map_err(no_address)?;
    thread::spawn(move || serve_streams(listener.incoming(), mistake, life, serve_client));
    Ok(address)
}

/// A server at a path. Its connections are handled as those of TCP: they are descriptors of streams
/// like any others, and no option that only TCP has is needed.
fn unix<S>(
    options: &ServeOptions,
    mistake: Option<Mistake>,
    life: Life,
    serve_client: S,
) -> Result<Started, ServeError>
where
    S: Fn(TcpStream, &Life) -> Result<(), Stop> + Send + Sync + 'static,
{
    let (listener, path) = Fault::listen_unix(life.fault(), options, successor::USUAL_PATH)?;
    let address = Address::Path(path.as_path().to_owned());
    thread::spawn(move || {
        let streams = listener.incoming();
        let streams = streams.map(|stream| Ok(TcpStream::from(OwnedFd::from(stream?))));
        serve_streams(streams, mistake, life, serve_client);
    });
    Ok(Started {
        address,
        _root: None,
        _path: Some(path),
    })
}

/// The clients of a server that keeps them in a table, in the order in which they came.
#[derive(Default)]
struct Clients {
    came: usize,
    there: Vec<(usize, TcpStream)>,
}

impl Clients {
    fn add(&mut self, stream: TcpStream) -> usize {
        self.came += 1;
        self.there.push((self.came, stream));
        self.came
    }

    /// A client leaves: its entry goes and, where several are left and came after it, the last one with it.
    fn leave(&mut self, number: usize) {
        self.there.retain(|(one, _)| *one != number);
        if self.there.len() > 1
            && let Some((_, stream)) = self.there.pop_if(|(one, _)| *one > number)
        {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

/// Serves clients as they come.
fn serve_streams<S>(
    streams: impl Iterator<Item = io::Result<TcpStream>>,
    mistake: Option<Mistake>,
    life: Life,
    serve_client: S,
) where
    S: Fn(TcpStream, &Life) -> Result<(), Stop> + Send + Sync + 'static,
{
    let serve_client = Arc::new(move |stream: TcpStream, life: &Life| {
        let _ = stream.set_nodelay(true);
        let _client = life.client();
        match serve_client(stream, life) {
            Err(Stop::Server(reason)) => life.die(reason),
            Err(Stop::Connection) if mistake == Some(Mistake::DiesOnReset) => {
                life.die("a connection was reset")
            }
            Ok(()) | Err(Stop::Connection | Stop::Leave) => {}
        }
    });
    let busy = Arc::new((Mutex::new(false), Condvar::new()));
    let pool = Arc::new((Mutex::new(POOL), Condvar::new()));
    let table = Arc::new(Mutex::new(Clients::default()));
    for stream in streams {
        life.check();
        let Ok(stream) = stream else {
            if life.fault() == Some(Fault::DiesOfSilence) {
                life.die("nobody came for a second");
            }
            // A client that left before it was accepted.
            continue;
        };
        match mistake {
            Some(Mistake::OneClientAtATime) => serve_client(stream, &life),
            Some(Mistake::ServesOneClient) => {
                serve_client(stream, &life);
                life.die("its first client has left");
            }
            Some(Mistake::SecondClientRefused) => {
                let (taken, left) = &*busy;
                let taken = taken.lock().unwrap_or_else(PoisonError::into_inner);
                let waited = left.wait_timeout_while(taken, LEAVING, |taken| *taken);
                let (mut taken, waited) = waited.unwrap_or_else(PoisonError::into_inner);
                if waited.timed_out() {
                    continue;
                }
                *taken = true;
                let (busy, serve_client, life) = (busy.clone(), serve_client.clone(), life.clone());
                thread::spawn(move || {
                    serve_client(stream, &life);
                    *busy.0.lock().unwrap_or_else(PoisonError::into_inner) = false;
                    busy.1.notify_all();
                });
            }
            Some(Mistake::ThrowsOutNewest) => {
                let (table, serve_client, life) =
                    (table.clone(), serve_client.clone(), life.clone());
                let Ok(entry) = stream.try_clone() else {
                    continue;
                };
                let number = table
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .add(entry);
                thread::spawn(move || {
                    serve_client(stream, &life);
                    table
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .leave(number);
                });
            }
            Some(Mistake::PoolOfTwo) => {
                let (pool, serve_client, life) = (pool.clone(), serve_client.clone(), life.clone());
                thread::spawn(move || {
                    let (places, left) = &*pool;
                    let free = places.lock().unwrap_or_else(PoisonError::into_inner);
                    let free = left.wait_while(free, |places| *places == 0);
                    *free.unwrap_or_else(PoisonError::into_inner) -= 1;
                    serve_client(stream, &life);
                    *places.lock().unwrap_or_else(PoisonError::into_inner) += 1;
                    left.notify_one();
                });
            }
            _ => {
                let (serve_client, life) = (serve_client.clone(), life.clone());
                thread::spawn(move || serve_client(stream, &life));
            }
        }
    }
}

fn udp(
    options: &ServeOptions,
    mistake: Option<Mistake>,
    life: Life,
    answer: impl Fn(&[u8]) -> Option<Vec<u8>> + Send + 'static,
) -> Result<SocketAddr, ServeError> {
    let socket = Fault::bind(life.fault(), options)?;
    let address = socket.local_addr().map_err(no_address)?;
    let watched = life.clone();
    let answer = move |datagram: &[u8]| {
        drop(watched.client());
        answer(datagram)
    };
    thread::spawn(move || {
        let reason = datagram_server::serve(socket, mistake, answer);
        life.die(reason)
    });
    Ok(address)
}

fn no_address(source: io::Error) -> ServeError {
    ServeError::Bind {
        address: "a port of its own".to_owned(),
        source,
    }
}

fn unknown_exercise(exercise: &str) -> ServeError {
    ServeError::UnknownExercise {
        exercise: exercise.to_owned(),
        known: exercises(),
    }
}
