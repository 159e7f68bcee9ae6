package main

import (
	"fmt"
	"net"
	"os"
)

func handle(conn net.Conn) {
	defer conn.Close()
	buf := make([]byte, 256)
	for {
		_, err := conn.Read(buf)
		if err != nil {
			return
		}
		conn.Write(buf)
	}
}

func main() {
	l, err := net.Listen("tcp", ":"+os.Args[1])
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	for {
		conn, err := l.Accept()
		if err == nil {
			go handle(conn)
		}
	}
}
