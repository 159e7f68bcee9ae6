package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"strings"
	"time"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "port?")
		os.Exit(1)
	}
	ln, err := net.Listen("tcp", ":"+os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for {
		conn, err := ln.Accept()
		if err != nil {
			continue
		}
		go func(conn net.Conn) {
			defer conn.Close()
			in := bufio.NewScanner(conn)
			for in.Scan() {
				line := strings.ToValidUTF8(in.Text(), "?")
				switch {
				case strings.HasPrefix(line, "UPPER "):
					fmt.Fprintf(conn, "%s\n", strings.ToUpper(line[6:]))
				case strings.HasPrefix(line, "LOWER "):
					fmt.Fprintf(conn, "%s\n", strings.ToLower(line[6:]))
				case line == "DATENOW":
					fmt.Fprintf(conn, "%d\n", time.Now().Unix())
				default:
					fmt.Fprintf(conn, "ERR\n")
				}
			}
		}(conn)
	}
}
