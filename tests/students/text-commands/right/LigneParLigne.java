import java.io.*;
import java.net.*;
import java.nio.ByteBuffer;
import java.nio.charset.*;
import java.time.LocalDateTime;
import java.util.Locale;

public class LigneParLigne {
    private static final int MAX = 65536;

    /** Une ligne sans sa fin ; null à la fin du flux. */
    static byte[] lireLigne(InputStream in) throws IOException {
        var ligne = new ByteArrayOutputStream();
        int c;
        while ((c = in.read()) != -1 && c != '\n') {
            if (ligne.size() == MAX)
                throw new EOFException("ligne trop longue");
            ligne.write(c);
        }
        if (c == -1 && ligne.size() == 0)
            return null;
        byte[] b = ligne.toByteArray();
        return b.length > 0 && b[b.length - 1] == '\r' ? java.util.Arrays.copyOf(b, b.length - 1) : b;
    }

    static String traiter(byte[] ligne) {
        String req;
        try {
            req = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(ligne)).toString();
        } catch (CharacterCodingException e) {
            return "ERREUR : texte invalide";
        }
        if (req.equals("DATENOW"))
            return LocalDateTime.now().toString();
        if (req.startsWith("UPPER "))
            return req.substring(6).toUpperCase(Locale.ROOT);
        if (req.startsWith("LOWER "))
            return req.substring(6).toLowerCase(Locale.ROOT);
        if (req.equals("UPPER") || req.equals("LOWER"))
            return "";
        return "ERREUR : commande inconnue";
    }

    static void client(Socket s) {
        try (s) {
            var in = new BufferedInputStream(s.getInputStream());
            var out = new BufferedWriter(new OutputStreamWriter(s.getOutputStream(), StandardCharsets.UTF_8));
            out.write("Bonjour, commandes : UPPER, LOWER, DATENOW\r\n");
            out.flush();
            byte[] ligne;
            while ((ligne = lireLigne(in)) != null) {
                out.write(traiter(ligne));
                out.write("\r\n");
                out.flush();
            }
        } catch (IOException e) {
            System.out.println("fin : " + e.getMessage());
        }
    }

    public static void main(String[] args) {
        if (args.length != 1) {
            System.err.println("Usage: java LigneParLigne <port>");
            System.exit(1);
        }
        try (ServerSocket serveur = new ServerSocket(Integer.parseInt(args[0]))) {
            while (true) {
                Socket s = serveur.accept();
                new Thread(() -> client(s)).start();
            }
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("Impossible d'ouvrir le port : " + e.getMessage());
            System.exit(1);
        }
    }
}
