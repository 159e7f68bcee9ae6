import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.Socket;

/** Client HTTP : HEAD, puis chaque ligne de la réponse jusqu'à ce que le serveur ferme. */
public class WebHead {
    public static void main(String[] args) {
        if (args.length != 2) {
            System.err.println("usage : java WebHead hote port");
            System.exit(2);
        }
        try (Socket socket = new Socket(args[0], Integer.parseInt(args[1]))) {
            PrintWriter out = new PrintWriter(socket.getOutputStream());
            out.print("HEAD / HTTP/1.1\r\n");
            out.print("Host: " + args[0] + ":" + args[1] + "\r\n");
            out.print("Accept: */*\r\n\r\n");
            out.flush();
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
            String line;
            while ((line = in.readLine()) != null) {
                System.out.println("< " + line);
            }
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("erreur : " + e.getMessage());
            System.exit(1);
        }
    }
}
