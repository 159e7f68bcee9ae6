import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;

public class Echo {
    public static void main(String[] args) {
        if (args.length != 2) {
            System.err.println("Usage: java Echo <ip_serveur> <port>");
            System.exit(1);
        }
        Console console = System.console();
        var clavier = console != null ? console.reader() : new InputStreamReader(System.in, StandardCharsets.UTF_8);
        var lignes = new BufferedReader(clavier);
        var ecran = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        try (var socket = new Socket(args[0], Integer.parseInt(args[1]))) {
            var output = socket.getOutputStream();
            var input = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            while (true) {
                ecran.print("Entrez une commande (quit pour quitter) : ");
                ecran.flush();
                String commande = lignes.readLine();
                if (commande == null || commande.equalsIgnoreCase("quit")) {
                    break;
                }
                output.write((commande + "\n").getBytes(StandardCharsets.UTF_8));
                output.flush();
                String reponse = input.readLine();
                if (reponse == null || reponse.length() < commande.length()) {
                    System.err.println("Le serveur est parti");
                    System.exit(2);
                }
                ecran.println(reponse);
            }
        } catch (IOException | IllegalArgumentException e) {
            System.err.println(e);
            System.exit(2);
        }
    }
}
