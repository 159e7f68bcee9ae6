use std::{env, thread, process, path};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

fn main() {
    let args: Vec<String> = env::args().collect();
    let program_name = args[0].split(path::MAIN_SEPARATOR).last().unwrap();

    if args.len() != 2 {
        eprintln!("Usage: {program_name} <port>");
        process::exit(1);
    }

    let sock_addr = format!("0.0.0.0:{}", args[1]);
    let socket_locale = TcpListener::bind(sock_addr).expect("Pb bind...");

    // Lancement d'un thread par connexion
    for stream in socket_locale.incoming().flatten() {
        thread::spawn(|| {
            traitement_client(stream)
        });
    }
}

fn traitement_client(mut stream: TcpStream) {
    let mut buf = [0; 128];
    while let Ok(size) = stream.read(&mut buf) {
        stream.write_all(&buf[..size].to_ascii_uppercase()).expect("Pb write...");
    }
}
