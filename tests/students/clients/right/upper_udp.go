package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"strings"
	"time"
)

// Une socket neuve pour chaque question : une réponse en retard ne trouve plus personne.
func demande(adresse, question string) (string, error) {
	conn, err := net.Dial("udp", adresse)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	tampon := make([]byte, 65535)
	for essai := 1; essai <= 3; essai++ {
		if _, err = conn.Write([]byte(question)); err != nil {
			continue
		}
		conn.SetReadDeadline(time.Now().Add(2 * time.Second))
		var n int
		if n, err = conn.Read(tampon); err == nil {
			return string(tampon[:n]), nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	return "", err
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: client hote port")
		os.Exit(1)
	}
	adresse := net.JoinHostPort(os.Args[1], os.Args[2])
	if _, err := net.ResolveUDPAddr("udp", adresse); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	clavier := bufio.NewScanner(os.Stdin)
	fmt.Print("? ")
	for clavier.Scan() && strings.ToLower(clavier.Text()) != "quit" {
		reponse, err := demande(adresse, clavier.Text())
		if err != nil {
			fmt.Println("Pas de réponse :", err)
		} else {
			fmt.Println("=", reponse)
		}
		fmt.Print("? ")
	}
}
