package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
)

func ask(path string, b byte) (byte, error) {
	conn, err := net.Dial("unix", path)
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	if _, err := conn.Write([]byte{b}); err != nil {
		return 0, err
	}
	answer := make([]byte, 1)
	_, err = io.ReadFull(conn, answer)
	return answer[0], err
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: successeur path")
		os.Exit(1)
	}
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		line := lines.Text()
		if strings.EqualFold(line, "quit") {
			return
		}
		if line == "" {
			line = "A"
		}
		b, err := ask(os.Args[1], line[0])
		if err != nil {
			fmt.Fprintln(os.Stderr, "error:", err)
			os.Exit(1)
		}
		fmt.Printf("%c\n", b)
	}
}
