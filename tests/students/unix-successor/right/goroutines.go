package main

import (
	"fmt"
	"log"
	"net"
	"os"
	"os/signal"
	"syscall"
)

func servir(c net.Conn) {
	defer c.Close()
	b := make([]byte, 1)
	if _, err := c.Read(b); err != nil {
		return
	}
	b[0]++
	c.Write(b)
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: serveur chemin")
		os.Exit(1)
	}
	if infos, err := os.Stat(os.Args[1]); err == nil && infos.Mode()&os.ModeSocket != 0 {
		os.Remove(os.Args[1])
	}
	l, err := net.Listen("unix", os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	fin := make(chan os.Signal, 1)
	signal.Notify(fin, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-fin
		l.Close()
		fmt.Println("Bye")
		os.Exit(0)
	}()
	for {
		c, err := l.Accept()
		if err != nil {
			log.Println(err)
			continue
		}
		go servir(c)
	}
}
