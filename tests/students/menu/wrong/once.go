package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
)

// La liste n'est affichee qu'une fois.
func main() {
	lignes := bufio.NewScanner(os.Stdin)
	fmt.Println("1. Local\n2. A distance\n9. Quitter")
	for lignes.Scan() {
		switch strings.TrimSpace(lignes.Text()) {
		case "1", "2":
			fmt.Println("C'est parti.")
		case "9":
			return
		default:
			fmt.Println("Mauvais choix.")
		}
	}
}
