import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;

public class LongueurChaine {
    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            System.err.println("usage : java LongueurChaine port");
            System.exit(1);
        }
        ServerSocket serveur = new ServerSocket(Integer.parseInt(args[0]));
        while (true) {
            try (Socket client = serveur.accept()) {
                InputStream entree = client.getInputStream();
                OutputStream sortie = client.getOutputStream();
                byte[] tampon = new byte[1024];
                int n;
                while ((n = entree.read(tampon)) > 0) {
                    String message = new String(tampon, 0, n, "UTF-8");
                    String reponse = "vous avez demande : " + message + " bien recu 5 / 5";
                    sortie.write(reponse.getBytes("UTF-8"), 0, reponse.length());
                    if (message.equals("fin")) {
                        break;
                    }
                }
            } catch (IOException e) {
                System.err.println(e.getMessage());
            }
        }
    }
}
