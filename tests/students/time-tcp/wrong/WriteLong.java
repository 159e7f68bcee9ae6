import java.io.*;
import java.net.*;

public class WriteLong {
    public static void main(String[] args) throws IOException {
        ServerSocket serveur = new ServerSocket(Integer.parseInt(args[0]));
        while (true) {
            try (Socket client = serveur.accept()) {
                DataOutputStream sortie = new DataOutputStream(client.getOutputStream());
                sortie.writeLong(System.currentTimeMillis() / 1000 + 2208988800L);
                sortie.flush();
            } catch (IOException e) {
                System.err.println(e.getMessage());
            }
        }
    }
}
