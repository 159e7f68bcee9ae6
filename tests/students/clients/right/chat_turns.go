package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
)

func lignes(f *bufio.Scanner) chan string {
	c := make(chan string)
	go func() {
		for f.Scan() {
			c <- f.Text()
		}
		close(c)
	}()
	return c
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage")
		os.Exit(1)
	}
	conn, err := net.Dial("tcp", os.Args[1]+":"+os.Args[2])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	clavier, reseau := lignes(bufio.NewScanner(os.Stdin)), lignes(bufio.NewScanner(conn))
	for {
		select {
		case l, ok := <-clavier:
			if !ok {
				return
			}
			fmt.Fprintln(conn, l)
			r, ok := <-reseau
			if !ok {
				fmt.Fprintln(os.Stderr, "déconnecté")
				os.Exit(2)
			}
			fmt.Println(r)
		case r, ok := <-reseau:
			if !ok {
				fmt.Fprintln(os.Stderr, "déconnecté")
				os.Exit(2)
			}
			fmt.Println(r)
		}
	}
}
