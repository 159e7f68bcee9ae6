package main

import (
	"fmt"
	"net"
	"os"
	"strconv"
	"time"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: unixdate port")
		os.Exit(1)
	}
	port, err := strconv.Atoi(os.Args[1])
	if err != nil || port < 0 || port > 65535 {
		fmt.Fprintln(os.Stderr, "bad port", os.Args[1])
		os.Exit(1)
	}
	conn, err := net.ListenUDP("udp", &net.UDPAddr{Port: port})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	var b [1]byte
	for {
		_, addr, err := conn.ReadFromUDP(b[:])
		if err != nil {
			continue
		}
		conn.WriteToUDP([]byte(time.Now().Format(time.UnixDate)+"\n"), addr)
	}
}
