package main

import (
	"bufio"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"path/filepath"
	"strings"
)

var racine string

func ouvrir(nom string) (*os.File, int64, string) {
	if filepath.IsAbs(nom) {
		return nil, 0, "forbidden"
	}
	chemin, err := filepath.EvalSymlinks(filepath.Join(racine, nom))
	if err != nil {
		return nil, 0, "not found"
	}
	rel, err := filepath.Rel(racine, chemin)
	if err != nil || rel == ".." || strings.HasPrefix(rel, "../") {
		return nil, 0, "forbidden"
	}
	info, err := os.Stat(chemin)
	if err != nil || info.IsDir() {
		return nil, 0, "not found"
	}
	f, err := os.Open(chemin)
	if err != nil {
		return nil, 0, "not found"
	}
	return f, info.Size(), ""
}

func client(c net.Conn) {
	defer c.Close()
	lignes := bufio.NewScanner(c)
	for lignes.Scan() {
		l := lignes.Text()
		switch {
		case l == "FIN":
			fmt.Fprintln(c, "BYE")
			return
		case !strings.HasPrefix(l, "GET "):
			fmt.Fprintln(c, "ERR unknown command")
		default:
			f, taille, err := ouvrir(l[4:])
			if err != "" {
				fmt.Fprintln(c, "ERR", err)
				continue
			}
			fmt.Fprintf(c, "OK %d\n", taille)
			_, e := io.Copy(c, f)
			f.Close()
			if e != nil {
				return
			}
		}
	}
}

func main() {
	var err error
	if racine, err = filepath.Abs(os.Args[2]); err == nil {
		racine, err = filepath.EvalSymlinks(racine)
	}
	if err != nil {
		log.Fatal(err)
	}
	s, err := net.Listen("tcp", ":"+os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	for {
		c, err := s.Accept()
		if err != nil {
			continue
		}
		go client(c)
	}
}
