package main

import (
	"fmt"
	"io"
	"net"
	"os"
)

// Lit tout jusqu'a la fin avant d'afficher.
func main() {
	ecoute, err := net.Listen("tcp", ":"+os.Args[1])
	if err != nil {
		os.Exit(1)
	}
	for {
		client, err := ecoute.Accept()
		if err != nil {
			continue
		}
		tout, _ := io.ReadAll(client)
		fmt.Print(string(tout))
		client.Close()
	}
}
