package main

import (
	"fmt"
	"log"
	"net"
	"os"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: serveur chemin")
		os.Exit(1)
	}
	l, err := net.Listen("unix", os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	for {
		c, err := l.Accept()
		if err != nil {
			continue
		}
		b := make([]byte, 1)
		if n, _ := c.Read(b); n == 1 {
			c.Write([]byte{b[0] + 1})
		}
		c.Close()
	}
}
