package main

import (
	"fmt"
	"log"
	"net"
	"os"
)

func servir(c net.Conn) {
	defer c.Close()
	tampon := make([]byte, 1024)
	numero := 0
	for {
		n, err := c.Read(tampon)
		if n == 0 || err != nil {
			return
		}
		numero++
		fmt.Fprintf(c, "[commande %d] %s : bien reçu 5 / 5", numero, tampon[:n])
		if string(tampon[:n]) == "fin" {
			return
		}
	}
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: bar port")
		os.Exit(1)
	}
	l, err := net.Listen("tcp", ":"+os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	for {
		c, err := l.Accept()
		if err != nil {
			log.Fatal(err)
		}
		go servir(c)
	}
}
