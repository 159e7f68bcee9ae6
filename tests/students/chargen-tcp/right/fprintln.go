package main

import (
	"fmt"
	"log"
	"net"
	"os"
)

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: fprintln port")
	}
	l, err := net.Listen("tcp", ":"+os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	for {
		c, err := l.Accept()
		if err != nil {
			continue
		}
		go func() {
			defer c.Close()
			for {
				if _, err := fmt.Fprintln(c, "The quick brown fox jumps over the lazy dog"); err != nil {
					return
				}
			}
		}()
	}
}
