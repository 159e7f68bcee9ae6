package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"strings"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: client host port")
		os.Exit(1)
	}
	conn, err := net.Dial("tcp", net.JoinHostPort(os.Args[1], os.Args[2]))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	defer conn.Close()
	clavier := bufio.NewScanner(os.Stdin)
	serveur := bufio.NewReader(conn)
	for clavier.Scan() {
		ligne := clavier.Text()
		if strings.EqualFold(ligne, "quit") {
			fmt.Fprintf(conn, "FIN\n")
			bye, err := serveur.ReadString('\n')
			if err != nil {
				fmt.Fprintln(os.Stderr, "pas d'au revoir :", err)
				os.Exit(1)
			}
			fmt.Print(bye)
			return
		}
		if _, err := fmt.Fprintf(conn, "%s\n", ligne); err != nil {
			fmt.Fprintln(os.Stderr, "écriture :", err)
			os.Exit(1)
		}
		reponse, err := serveur.ReadString('\n')
		if err != nil {
			fmt.Fprintln(os.Stderr, "lecture :", err)
			os.Exit(1)
		}
		fmt.Println("->", strings.TrimSpace(reponse))
		if ligne == "FIN" {
			return
		}
	}
}
