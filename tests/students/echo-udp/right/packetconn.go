package main

import (
	"log"
	"net"
	"os"
)

func main() {
	if len(os.Args) != 2 {
		log.Fatalf("usage: %s port", os.Args[0])
	}
	pc, err := net.ListenPacket("udp", ":"+os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	defer pc.Close()
	buf := make([]byte, 1<<16)
	for {
		n, addr, err := pc.ReadFrom(buf)
		if err != nil {
			log.Print(err)
			continue
		}
		if _, err := pc.WriteTo(buf[:n], addr); err != nil {
			log.Print(err)
		}
	}
}
