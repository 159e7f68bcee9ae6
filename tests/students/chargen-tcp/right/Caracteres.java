import java.io.*;
import java.net.*;

public class Caracteres {
    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            System.err.println("Usage: java Caracteres <port>");
            System.exit(1);
        }
        try (ServerSocket serveur = new ServerSocket(Integer.parseInt(args[0]))) {
            while (true) {
                try (Socket client = serveur.accept()) {
                    PrintWriter sortie = new PrintWriter(client.getOutputStream(), true);
                    while (!sortie.checkError()) {
                        sortie.println("abcdefghijklmnopqrstuvwxyz 0123456789 ABCDEFGHIJKLMNOPQRSTUVWXYZ");
                    }
                }
            }
        }
    }
}
