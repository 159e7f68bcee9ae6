package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
)

func main() {
	lignes := bufio.NewScanner(os.Stdin)
	for {
		fmt.Println("1. Une application 1client/1serveur en local")
		fmt.Println("2. Une application 1client/1serveur à distance")
		fmt.Println("9. Quitter")
		fmt.Print("Choix : ")
		if !lignes.Scan() {
			fmt.Println()
			return
		}
		switch strings.TrimSpace(lignes.Text()) {
		case "1", "2":
			fmt.Println("C'est parti.")
		case "9":
			return
		default:
			fmt.Println("Mauvais choix, recommencez.")
		}
	}
}
