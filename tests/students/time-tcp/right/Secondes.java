import java.io.*;
import java.net.*;

public class Secondes {
    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            System.err.println("Usage: java Secondes <port>");
            System.exit(1);
        }
        try (ServerSocket serveur = new ServerSocket(Integer.parseInt(args[0]))) {
            while (true) {
                try (Socket client = serveur.accept();
                     DataOutputStream sortie = new DataOutputStream(client.getOutputStream())) {
                    sortie.writeInt((int) (System.currentTimeMillis() / 1000 + 2208988800L));
                } catch (IOException e) {
                    System.err.println("client : " + e.getMessage());
                }
            }
        }
    }
}
