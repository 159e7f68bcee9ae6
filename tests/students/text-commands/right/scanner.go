package main

import (
	"bufio"
	"fmt"
	"log"
	"net"
	"os"
	"strings"
	"time"
	"unicode/utf8"
)

func repondre(ligne string) string {
	if !utf8.ValidString(ligne) {
		return "ERR pas de l'UTF-8"
	}
	mot, reste, _ := strings.Cut(ligne, " ")
	switch mot {
	case "UPPER":
		return strings.ToUpper(reste)
	case "LOWER":
		return strings.ToLower(reste)
	case "DATENOW":
		return time.Now().Format(time.RFC1123Z)
	}
	return "ERR commande inconnue"
}

func dialogue(c net.Conn) {
	defer c.Close()
	s := bufio.NewScanner(c)
	s.Buffer(make([]byte, 4096), 66000)
	for s.Scan() {
		if _, err := fmt.Fprintln(c, repondre(s.Text())); err != nil {
			return
		}
	}
	if s.Err() != nil {
		log.Println(s.Err())
	}
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "Usage : scanner <port>")
		os.Exit(1)
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
		go dialogue(c)
	}
}
