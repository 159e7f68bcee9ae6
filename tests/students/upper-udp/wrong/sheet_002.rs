use std::{net, env, process, path};

fn main() {
    let args: Vec<String> = env::args().collect();
    let nom_prog = args[0].split(path::MAIN_SEPARATOR).last().unwrap();

    if args.len() != 2 {
        eprintln!("Usage: {nom_prog} <port>");
        process::exit(1);
    }

    let sock_addr = format!("0.0.0.0:{}", &args[1]);
    let socket_locale = net::UdpSocket::bind(sock_addr).expect("Pb bind");

    traitement_client(socket_locale);
}

fn traitement_client(sock: net::UdpSocket) {
    let mut buf = [0;128];
    while let Ok((nb_octets, sock_source)) = sock.recv_from(&mut buf) {
        sock.send_to(&buf[..nb_octets].to_ascii_uppercase(), sock_source).unwrap();
    }
}
