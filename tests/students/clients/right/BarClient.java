import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

public class BarClient {
    public static void main(String[] args) throws Exception {
        if (args.length != 2) {
            System.err.println("usage : java BarClient hote port");
            System.exit(1);
        }
        PrintStream ecran = new PrintStream(System.out, true, "UTF-8");
        try (Socket s = new Socket(args[0], Integer.parseInt(args[1]))) {
            BufferedReader clavier = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            OutputStream sortie = s.getOutputStream();
            InputStream entree = s.getInputStream();
            byte[] tampon = new byte[4096];
            String ligne;
            while ((ligne = clavier.readLine()) != null && !ligne.equalsIgnoreCase("quit")) {
                sortie.write(ligne.getBytes(StandardCharsets.UTF_8));
                sortie.flush();
                int n = entree.read(tampon);
                if (n < 0) {
                    System.err.println("Connexion fermée par le serveur");
                    System.exit(1);
                }
                ecran.println("Serveur : " + new String(tampon, 0, n, StandardCharsets.UTF_8));
                if (ligne.equals("fin")) {
                    break;
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
