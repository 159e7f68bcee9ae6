// Serveur web : http.FileServer, derrière une vérification de la méthode.
package main

import (
	"fmt"
	"log"
	"net/http"
	"os"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage : fileserver port racine")
		os.Exit(1)
	}
	fichiers := http.FileServer(http.Dir(os.Args[2]))
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "methode interdite", http.StatusMethodNotAllowed)
			return
		}
		fichiers.ServeHTTP(w, r)
	})
	log.Fatal(http.ListenAndServe(":"+os.Args[1], nil))
}
