package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"strings"
)

var tamap map[string]string

func traiter(commSock net.Conn) {
	defer commSock.Close()
	lecteur := bufio.NewScanner(commSock)
	lecteur.Buffer(make([]byte, 1024), 70000)
	for lecteur.Scan() {
		cle := strings.Trim(lecteur.Text(), " \t\r\n")
		if cle == "FIN" {
			fmt.Fprintln(commSock, "BYE")
			return
		}
		valeur, existe := tamap[cle]
		if existe {
			fmt.Fprintln(commSock, "OK "+valeur)
		} else {
			fmt.Fprintln(commSock, "ERR unknown key")
		}
	}
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "Usage: hashmap <port>")
		os.Exit(1)
	}
	tamap = make(map[string]string)
	tamap["fa"] = "sill"
	tamap["mi"] = "lion"
	tamap["li"] = "nez"

	sockListener, errCode := net.Listen("tcp", "127.0.0.1:"+os.Args[1])
	if errCode != nil {
		fmt.Fprintln(os.Stderr, errCode)
		os.Exit(1)
	}
	for {
		commSock, err := sockListener.Accept()
		if err != nil {
			fmt.Println(err)
			continue
		}
		go traiter(commSock)
	}
}
