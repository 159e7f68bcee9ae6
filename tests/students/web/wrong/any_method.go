// Serveur web : http.FileServer, et rien devant.
package main

import (
	"fmt"
	"log"
	"net/http"
	"os"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage : any_method port racine")
		os.Exit(1)
	}
	fichiers := http.FileServer(http.Dir(os.Args[2]))
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		fichiers.ServeHTTP(w, r)
	})
	log.Fatal(http.ListenAndServe(":"+os.Args[1], nil))
}
