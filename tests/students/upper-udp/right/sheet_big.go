package main

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"os/signal"
	"syscall"
)

func setupCloseHandler() {
	c := make(chan os.Signal, 1)
	signal.Notify(c, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-c
		fmt.Println("Bye...")
		os.Exit(0)
	}()
}

func traitementClient(sock *net.UDPConn) {
	buf := make([]byte, 65535)
	for {
		nbOctets, source, err := sock.ReadFromUDP(buf)
		if err != nil {
			continue
		}
		sock.WriteToUDP(bytes.ToUpper(buf[:nbOctets]), source)
	}
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintf(os.Stderr, "Usage: %s <port>\n", os.Args[0])
		os.Exit(1)
	}
	sockAddr, err := net.ResolveUDPAddr("udp", ":"+os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	socketLocale, err := net.ListenUDP("udp", sockAddr)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	setupCloseHandler()
	traitementClient(socketLocale)
}
