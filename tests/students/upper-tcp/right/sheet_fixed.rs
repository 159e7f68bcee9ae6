use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::{env, process, thread};

fn main() {
    let args: Vec<String> = env::args().collect();
    if args.len() != 2 {
        eprintln!("Usage: {} <port>", args[0]);
        process::exit(1);
    }
    let socket_locale = TcpListener::bind(format!("0.0.0.0:{}", args[1])).unwrap_or_else(|e| {
        eprintln!("Pb bind : {e}");
        process::exit(1);
    });
    for stream in socket_locale.incoming().flatten() {
        thread::spawn(|| traitement_client(stream));
    }
}

fn traitement_client(mut stream: TcpStream) {
    let mut buf = [0; 128];
    loop {
        match stream.read(&mut buf) {
            Ok(0) | Err(_) => break,
            Ok(size) => {
                if stream.write_all(&buf[..size].to_ascii_uppercase()).is_err() {
                    break;
                }
            }
        }
    }
}
