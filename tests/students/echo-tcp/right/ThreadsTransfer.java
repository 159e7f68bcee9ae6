import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

public class ThreadsTransfer {
    static void servir(Socket s) {
        try (s) {
            s.getInputStream().transferTo(s.getOutputStream());
        } catch (IOException e) {
            System.out.println("client parti : " + e.getMessage());
        }
    }

    public static void main(String[] args) {
        if (args.length != 1) {
            System.err.println("Usage: java ThreadsTransfer <port>");
            System.exit(1);
        }
        try (var serveur = new ServerSocket(Integer.parseInt(args[0]))) {
            System.out.println("En attente sur le port " + serveur.getLocalPort());
            while (true) {
                Socket client = serveur.accept();
                System.out.println("Nouveau client " + client.getRemoteSocketAddress());
                new Thread(() -> servir(client)).start();
            }
        } catch (IOException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }
}
