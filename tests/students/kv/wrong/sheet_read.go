package main

import (
	"fmt"
	"net"
	"os"
	"strings"
)

func servir(commSock net.Conn, tamap map[string]string) {
	defer commSock.Close()
	bufc := make([]byte, 1024)
	for {
		bufLen, errCode := commSock.Read(bufc)
		if errCode != nil {
			return
		}
		cle := strings.Trim(string(bufc[:bufLen]), "\r\n \t")
		if cle == "FIN" {
			commSock.Write([]byte("BYE\n"))
			return
		}
		if v, ok := tamap[cle]; ok {
			commSock.Write([]byte(v + "\n"))
		} else {
			commSock.Write([]byte("cle inconnue\n"))
		}
	}
}

func main() {
	var tamap map[string]string
	tamap = make(map[string]string)
	tamap["fa"] = "sill"
	tamap["mi"] = "lion"
	tamap["li"] = "nez"
	sockListener, errCode := net.Listen("tcp", "127.0.0.1:"+os.Args[1])
	if errCode != nil {
		fmt.Println(errCode)
		os.Exit(1)
	}
	for {
		commSock, err := sockListener.Accept()
		if err != nil {
			fmt.Println(err)
			continue
		}
		go servir(commSock, tamap)
	}
}
