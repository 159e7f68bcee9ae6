import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;

// As the sheet has it: System.console() is null without a terminal.
public class Upper {
    public static void main(String[] args) {
        if (args.length != 2) {
            System.err.println("Usage: java Upper <ip_serveur> <port>");
            System.exit(1);
        }
        Console c = System.console();
        try (var socketLocale = new Socket(args[0], Integer.parseInt(args[1]))) {
            var output = new PrintWriter(socketLocale.getOutputStream(), true, StandardCharsets.UTF_8);
            var input = new BufferedReader(new InputStreamReader(socketLocale.getInputStream(), StandardCharsets.UTF_8));
            while (true) {
                System.out.print("Entrez une commande (quit pour quitter) : ");
                String commande = c.readLine();
                if (commande == null || commande.toUpperCase().equals("QUIT")) {
                    break;
                }
                output.println(commande);
                String reponse = input.readLine();
                if (reponse == null || reponse.length() < commande.length()) {
                    throw new EOFException("le serveur est parti");
                }
                System.out.println(reponse);
            }
        } catch (IOException | IllegalArgumentException e) {
            System.err.println(e);
            System.exit(2);
        }
    }
}
