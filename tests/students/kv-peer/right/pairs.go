// Serveur clé-valeur avec un pair ; entre serveurs : "@2 clé", où 2 est le nombre de sauts qui restent.
package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"strings"
	"time"
)

var tamap = make(map[string]string)
var pair string

func demander(sauts int, cle string) string {
	if pair == "" || sauts <= 0 {
		return "clé inconnue"
	}
	c, err := net.DialTimeout("tcp", pair, 2*time.Second)
	if err != nil {
		return "pair absent"
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(3 * time.Second))
	fmt.Fprintf(c, "@%d %s\n", sauts-1, cle)
	reponse, err := bufio.NewReader(c).ReadString('\n')
	if err != nil {
		return "pair muet"
	}
	return strings.TrimSpace(reponse)
}

func traiter(c net.Conn) {
	defer c.Close()
	lecteur := bufio.NewScanner(c)
	lecteur.Buffer(make([]byte, 1024), 70000)
	for lecteur.Scan() {
		cle := strings.TrimSpace(lecteur.Text())
		if cle == "FIN" {
			fmt.Fprintln(c, "Au revoir")
			return
		}
		sauts := 3
		if strings.HasPrefix(cle, "@") {
			if n, _ := fmt.Sscanf(cle, "@%d", &sauts); n == 1 {
				_, cle, _ = strings.Cut(cle, " ")
			}
		}
		if valeur, ok := tamap[cle]; ok {
			fmt.Fprintln(c, "OK "+valeur)
		} else {
			fmt.Fprintln(c, demander(sauts, cle))
		}
	}
}

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage : pairs port pair donnees")
		os.Exit(1)
	}
	pair = os.Args[2]
	texte, err := os.ReadFile(os.Args[3])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for _, ligne := range strings.Split(string(texte), "\n") {
		if cle, valeur, ok := strings.Cut(ligne, "\t"); ok {
			tamap[cle] = valeur
		}
	}
	l, err := net.Listen("tcp", "127.0.0.1:"+os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for {
		c, err := l.Accept()
		if err == nil {
			go traiter(c)
		}
	}
}
