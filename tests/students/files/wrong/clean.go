package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
)

func client(c net.Conn, racine string) {
	defer c.Close()
	s := bufio.NewScanner(c)
	for s.Scan() {
		l := s.Text()
		if l == "FIN" {
			fmt.Fprintln(c, "BYE")
			return
		}
		nom := strings.TrimPrefix(l, "GET ")
		if nom == l {
			fmt.Fprintln(c, "ERR unknown command")
			continue
		}
		nom = filepath.Clean(nom)
		if filepath.IsAbs(nom) || nom == ".." || strings.HasPrefix(nom, "../") {
			fmt.Fprintln(c, "ERR forbidden")
			continue
		}
		data, err := os.ReadFile(filepath.Join(racine, nom))
		if err != nil {
			fmt.Fprintln(c, "ERR not found")
			continue
		}
		fmt.Fprintf(c, "OK %d\n", len(data))
		c.Write(data)
	}
}

func main() {
	s, err := net.Listen("tcp", ":"+os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for {
		if c, err := s.Accept(); err == nil {
			go client(c, os.Args[2])
		}
	}
}
