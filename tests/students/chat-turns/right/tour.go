package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"os"
)

func lignes(r io.Reader) <-chan string {
	c := make(chan string)
	go func() {
		f := bufio.NewReader(r)
		for {
			l, err := f.ReadString('\n')
			if l != "" {
				c <- l
			}
			if err != nil {
				close(c)
				return
			}
		}
	}()
	return c
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: tour port")
		os.Exit(1)
	}
	l, err := net.Listen("tcp", ":"+os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	conn, err := l.Accept()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	l.Close()
	reseau, clavier := lignes(conn), lignes(os.Stdin)
	var attente []string
	for {
		if len(attente) == 0 {
			recu, ok := <-reseau
			if !ok {
				return
			}
			attente = append(attente, recu)
		}
		fmt.Print(attente[0])
		attente = attente[1:]
		for tape := false; !tape; {
			select {
			case ligne, ok := <-clavier:
				if !ok {
					return
				}
				fmt.Fprint(conn, ligne)
				tape = true
			case recu, ok := <-reseau:
				if !ok {
					return
				}
				attente = append(attente, recu)
			}
		}
	}
}
