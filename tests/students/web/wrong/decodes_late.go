// A web server over net; what is looked at for .. is not yet decoded.
package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

var types = map[string]string{".html": "text/html", ".txt": "text/plain"}

func line(r *bufio.Reader) (string, error) {
	text, err := r.ReadString('\n')
	return strings.TrimRight(text, "\r\n"), err
}

func status(c net.Conn, code, extra string, head bool) {
	body := code + "\n"
	fmt.Fprintf(c, "HTTP/1.1 %s\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n%s\r\n", code, len(body), extra)
	if !head {
		io.WriteString(c, body)
	}
}

func open(root, target string) (*os.File, string) {
	if strings.Contains(target, "..") {
		return nil, "403 Forbidden"
	}
	u, err := url.PathUnescape(strings.SplitN(target, "?", 2)[0])
	if err != nil {
		return nil, "400 Bad Request"
	}
	if strings.HasSuffix(u, "/") {
		u += "index.html"
	}
	f, err := os.Open(root + "/" + u)
	if err != nil {
		return nil, "404 Not Found"
	}
	if info, err := f.Stat(); err != nil || info.IsDir() {
		f.Close()
		return nil, "404 Not Found"
	}
	return f, ""
}

func serve(c net.Conn, root string) {
	defer c.Close()
	r := bufio.NewReader(c)
	for {
		first, err := line(r)
		if err != nil {
			return
		}
		words := strings.Fields(first)
		if len(words) != 3 || !strings.HasPrefix(words[2], "HTTP/1.") {
			status(c, "400 Bad Request", "Connection: close\r\n", false)
			return
		}
		closes := words[2] == "HTTP/1.0"
		for {
			header, err := line(r)
			if err != nil {
				return
			}
			if header == "" {
				break
			}
			name, value, _ := strings.Cut(header, ":")
			if strings.EqualFold(name, "Connection") && strings.EqualFold(strings.TrimSpace(value), "close") {
				closes = true
			}
		}
		extra := ""
		if closes {
			extra = "Connection: close\r\n"
		}
		head := words[0] == "HEAD"
		if !head && words[0] != "GET" {
			status(c, "405 Method Not Allowed", "Allow: GET, HEAD\r\nConnection: close\r\n", false)
			return
		}
		f, wrong := open(root, words[1])
		if f == nil {
			status(c, wrong, extra, head)
		} else {
			info, _ := f.Stat()
			kind := types[filepath.Ext(f.Name())]
			if kind == "" {
				kind = "application/octet-stream"
			}
			fmt.Fprintf(c, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\nContent-Type: %s\r\n%s\r\n", info.Size(), kind, extra)
			if !head {
				io.Copy(c, f)
			}
			f.Close()
		}
		if closes {
			return
		}
	}
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: decodes_late port folder")
		os.Exit(1)
	}
	root, err := filepath.EvalSymlinks(os.Args[2])
	if err == nil {
		root, err = filepath.Abs(root)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	l, err := net.Listen("tcp", ":"+os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for {
		c, err := l.Accept()
		if err == nil {
			go serve(c, root)
		}
	}
}
