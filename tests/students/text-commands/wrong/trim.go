package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"
	"time"
)

func handleConnection(conn net.Conn) {
	defer conn.Close()
	reader := bufio.NewReader(conn)
	for {
		message, err := reader.ReadString('\n')
		if err != nil {
			return
		}
		message = strings.ToValidUTF8(strings.TrimSpace(message), "\uFFFD")
		var res string
		if strings.HasPrefix(message, "UPPER") {
			res = strings.ToUpper(strings.TrimSpace(message[5:]))
		} else if strings.HasPrefix(message, "LOWER") {
			res = strings.ToLower(strings.TrimSpace(message[5:]))
		} else if message == "DATENOW" {
			res = strconv.FormatInt(time.Now().Unix(), 10)
		} else {
			res = "unknown command"
		}
		conn.Write([]byte(res + "\n"))
	}
}

func main() {
	ln, err := net.Listen("tcp", ":"+os.Args[1])
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	for {
		conn, err := ln.Accept()
		if err != nil {
			continue
		}
		go handleConnection(conn)
	}
}
