package main

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

func main() {
	nom_prog := os.Args[0][strings.LastIndex(os.Args[0], "/")+1:]

	if len(os.Args) != 2 {
		fmt.Fprintf(os.Stderr, "Usage: %s <port>\n", nom_prog)
		os.Exit(1)
	}

	sockAddr, _ := net.ResolveUDPAddr("udp", ":"+os.Args[1]) // ":" = toutes les interfaces
	socketLocale, _ := net.ListenUDP("udp", sockAddr)         // Bind...

	setupCloseHandler() // Mise en place de la gestion de Ctrl-C pour arrêter le serveur
	traitementClient(socketLocale)
}

// setupCloseHandler gère les signaux SIGINT (Ctrl-C) et SIGTERM
func setupCloseHandler() {
	c := make(chan os.Signal)
	signal.Notify(c, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-c
		fmt.Println("Bye...")
		os.Exit(0)
	}()
}

// traitementClient gère le dialogue entre le serveur et les clients
func traitementClient(sock *net.UDPConn) {
	buf := make([]byte, 128)
	for {
		nb_octets, sock_source, _ := sock.ReadFromUDP(buf)
		sock.WriteToUDP(bytes.ToUpper(buf[:nb_octets]), sock_source)
	}
}
