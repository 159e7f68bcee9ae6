// Client HTTP : HEAD avec des lignes finies par un simple LF, comme l'acceptent les serveurs indulgents.
package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: web_head hote port")
		os.Exit(2)
	}
	conn, err := net.Dial("tcp", net.JoinHostPort(os.Args[1], os.Args[2]))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	defer conn.Close()
	for _, ligne := range []string{"HEAD /index.html HTTP/1.1", "Host: " + os.Args[1], "Connection: close", ""} {
		fmt.Fprintln(conn, ligne)
	}
	lignes := bufio.NewScanner(conn)
	for lignes.Scan() {
		fmt.Println("reçu :", lignes.Text())
	}
	if err := lignes.Err(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
