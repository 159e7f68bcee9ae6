package main

import (
	"log"
	"net"
	"os"
	"strings"
)

func client(c net.Conn) {
	defer c.Close()
	var reponse [4096]byte
	buf := make([]byte, 1024)
	for {
		n, err := c.Read(buf)
		if err != nil {
			return
		}
		copy(reponse[:], strings.ToUpper(string(buf[:n])))
		c.Write(reponse[:n])
	}
}

func main() {
	l, err := net.Listen("tcp", ":"+os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	for {
		if c, err := l.Accept(); err == nil {
			go client(c)
		}
	}
}
