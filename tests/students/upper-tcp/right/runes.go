package main

import (
	"bufio"
	"fmt"
	"log"
	"net"
	"os"
	"unicode"
	"unicode/utf8"
)

func traiter(conn net.Conn) {
	defer conn.Close()
	r := bufio.NewReader(conn)
	w := bufio.NewWriter(conn)
	defer w.Flush()
	for {
		debut, _ := r.Peek(r.Buffered())
		if !utf8.FullRune(debut) {
			if err := w.Flush(); err != nil {
				return
			}
		}
		c, _, err := r.ReadRune()
		if err != nil {
			return
		}
		w.WriteRune(unicode.ToUpper(c))
	}
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintf(os.Stderr, "Usage: %s <port>\n", os.Args[0])
		os.Exit(1)
	}
	l, err := net.Listen("tcp", ":"+os.Args[1])
	if err != nil {
		log.Fatalln(err)
	}
	for {
		conn, err := l.Accept()
		if err != nil {
			log.Println(err)
			continue
		}
		go traiter(conn)
	}
}
