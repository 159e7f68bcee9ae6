import java.io.*;
import java.net.*;
import java.util.Date;

public class DateHeure {
    public static void main(String[] args) {
        if (args.length != 1) {
            System.err.println("Usage: java DateHeure <port>");
            System.exit(1);
        }
        try (ServerSocket serveur = new ServerSocket(Integer.parseInt(args[0]))) {
            while (true) {
                try (Socket client = serveur.accept()) {
                    PrintWriter sortie = new PrintWriter(client.getOutputStream(), true);
                    sortie.println(new Date());
                } catch (IOException e) {
                    System.err.println("client : " + e.getMessage());
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
