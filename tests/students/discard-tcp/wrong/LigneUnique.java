import java.io.*;
import java.net.*;

public class LigneUnique {
    public static void main(String[] args) throws IOException {
        ServerSocket serveur = new ServerSocket(Integer.parseInt(args[0]));
        while (true) {
            Socket client = serveur.accept();
            try {
                new BufferedReader(new InputStreamReader(client.getInputStream())).readLine();
            } catch (IOException e) {
                System.err.println(e.getMessage());
            }
            // client.close() is missing
        }
    }
}
