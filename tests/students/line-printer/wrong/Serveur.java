import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.Socket;

/** Le deuxieme client n'est jamais servi si le premier coupe. */
public class Serveur {
    public static void main(String[] args) throws IOException {
        try (ServerSocket ecoute = new ServerSocket(Integer.parseInt(args[0]))) {
            while (true) {
                Socket client = ecoute.accept();
                BufferedReader entree = new BufferedReader(new InputStreamReader(client.getInputStream()));
                String ligne;
                while ((ligne = entree.readLine()) != null) {
                    System.out.println(ligne.trim());
                }
                client.close();
            }
        }
    }
}
