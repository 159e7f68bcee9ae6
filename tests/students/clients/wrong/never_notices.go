package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Println("usage")
		os.Exit(1)
	}
	conn, err := net.Dial("tcp", os.Args[1]+":"+os.Args[2])
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	clavier := bufio.NewReader(os.Stdin)
	serveur := bufio.NewReader(conn)
	for {
		ligne, err := clavier.ReadString('\n')
		if err != nil || ligne == "quit\n" || ligne == "QUIT\n" {
			return
		}
		fmt.Fprint(conn, ligne)
		reponse, _ := serveur.ReadString('\n') // l'erreur est perdue
		fmt.Print("> ", reponse)
	}
}
