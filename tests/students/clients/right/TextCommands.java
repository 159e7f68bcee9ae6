import java.io.*;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Scanner;

public class TextCommands {
    public static void main(String[] args) {
        if (args.length < 2) {
            System.err.println("Usage: java TextCommands <host> <port>");
            System.exit(1);
        }
        try (Socket socket = new Socket(args[0], Integer.parseInt(args[1]));
             PrintWriter out = new PrintWriter(
                 new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8), true);
             BufferedReader in = new BufferedReader(
                 new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
             Scanner clavier = new Scanner(System.in)) {
            System.out.println("Connecté à " + socket.getRemoteSocketAddress());
            System.out.print("Commande ? ");
            while (clavier.hasNextLine()) {
                String ligne = clavier.nextLine();
                if (ligne.equalsIgnoreCase("quit")) break;
                out.println(ligne);
                String reponse = in.readLine();
                if (reponse == null || out.checkError()) {
                    System.err.println("Le serveur a fermé la connexion.");
                    System.exit(2);
                }
                System.out.println("Serveur : " + reponse);
                System.out.print("Commande ? ");
            }
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("Erreur : " + e.getMessage());
            System.exit(3);
        }
    }
}
