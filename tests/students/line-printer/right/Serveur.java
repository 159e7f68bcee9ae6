import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** TD 2, question 1. */
public class Serveur {
    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            System.err.println("Usage : java Serveur port");
            System.exit(1);
        }
        try (ServerSocket ecoute = new ServerSocket(Integer.parseInt(args[0]))) {
            System.out.println("En attente d'un client");
            while (true) {
                try (Socket client = ecoute.accept();
                        BufferedReader entree = new BufferedReader(new InputStreamReader(
                                client.getInputStream(), StandardCharsets.UTF_8))) {
                    StringBuilder ligne = new StringBuilder();
                    int c;
                    while ((c = entree.read()) != -1) {
                        if (c == '\n') {
                            System.out.println(ligne);
                            ligne.setLength(0);
                        } else if (ligne.length() < 65536) {
                            ligne.append((char) c);
                        }
                    }
                } catch (IOException e) {
                    System.out.println("Client perdu : " + e.getMessage());
                }
            }
        }
    }
}
