package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: serveur port")
		os.Exit(1)
	}
	ecoute, err := net.Listen("tcp", ":"+os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for {
		client, err := ecoute.Accept()
		if err != nil {
			continue
		}
		lignes := bufio.NewScanner(client)
		lignes.Buffer(make([]byte, 4096), 66000)
		for lignes.Scan() {
			fmt.Println("Message reçu :", lignes.Text())
		}
		client.Close()
	}
}
