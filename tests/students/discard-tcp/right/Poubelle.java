import java.io.*;
import java.net.*;

public class Poubelle {
    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            System.err.println("Usage: java Poubelle <port>");
            System.exit(1);
        }
        try (ServerSocket serveur = new ServerSocket(Integer.parseInt(args[0]))) {
            while (true) {
                Socket client = serveur.accept();
                new Thread(() -> {
                    try (client) {
                        client.getInputStream().transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        System.err.println(e.getMessage());
                    }
                }).start();
            }
        }
    }
}
