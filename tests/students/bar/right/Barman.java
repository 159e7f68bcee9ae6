import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

public class Barman {
    public static void main(String[] args) {
        if (args.length != 1) {
            System.err.println("usage : java Barman port");
            System.exit(1);
        }
        try (ServerSocket serveur = new ServerSocket(Integer.parseInt(args[0]))) {
            while (true) {
                Socket client = serveur.accept();
                new Thread(() -> servir(client)).start();
            }
        } catch (IOException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    static void servir(Socket client) {
        try (client) {
            InputStream entree = client.getInputStream();
            OutputStream sortie = client.getOutputStream();
            byte[] tampon = new byte[1024];
            int n;
            while ((n = entree.read(tampon)) > 0) {
                String message = new String(tampon, 0, n, StandardCharsets.UTF_8);
                System.out.println("Le client commande : " + message);
                String reponse = "vous m'avez demandé : " + message + " bien reçu 5 / 5";
                sortie.write(reponse.getBytes(StandardCharsets.UTF_8));
                sortie.flush();
                if (message.trim().equals("fin")) {
                    break;
                }
            }
        } catch (IOException e) {
            System.out.println("client parti");
        }
    }
}
