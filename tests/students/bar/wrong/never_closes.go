package main

import (
	"fmt"
	"log"
	"net"
	"os"
)

func servir(c net.Conn) {
	tampon := make([]byte, 1024)
	for {
		n, err := c.Read(tampon)
		if err != nil {
			c.Close()
			return
		}
		fmt.Fprintf(c, "vous m'avez demandé : %s bien reçu 5 / 5", tampon[:n])
		if string(tampon[:n]) == "fin" {
			fmt.Println("Fermeture de la connexion")
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
