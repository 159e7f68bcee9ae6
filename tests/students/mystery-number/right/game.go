package main

import (
	"bufio"
	"fmt"
	"log"
	"math/rand"
	"net"
	"os"
	"strconv"
	"strings"
	"time"
)

const (
	n = 200
	k = 8
)

func partie(c net.Conn) {
	defer c.Close()
	secret := rand.Intn(n) + 1
	fmt.Fprintf(c, "MYSTERE %d %d\n", n, k)
	sc := bufio.NewScanner(c)
	sc.Buffer(nil, 1<<17)
	for essais := 0; essais < k && sc.Scan(); {
		g, err := strconv.ParseInt(strings.TrimSpace(sc.Text()), 10, 64)
		if err != nil {
			fmt.Fprintln(c, "ERR nombre attendu")
			continue
		}
		essais++
		switch {
		case g == int64(secret):
			fmt.Fprintln(c, "TROUVE")
			return
		case essais == k:
			fmt.Fprintln(c, "PERDU")
		case g < int64(secret):
			fmt.Fprintln(c, "+")
		default:
			fmt.Fprintln(c, "-")
		}
	}
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: game port")
		os.Exit(1)
	}
	rand.Seed(time.Now().UnixNano())
	l, err := net.Listen("tcp", ":"+os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	for {
		if c, err := l.Accept(); err == nil {
			go partie(c)
		}
	}
}
