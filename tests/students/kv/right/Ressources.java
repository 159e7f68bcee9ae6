import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.*;

public class Ressources {
    private static final Map<String, String> donnees = new ConcurrentHashMap<>(Map.of("fa", "sill", "mi", "lion", "li", "nez"));

    static String ligne(InputStream in) throws IOException {
        byte[] b = new byte[65536];
        int n = 0;
        while (true) {
            int c = in.read();
            if (c == '\n' || c == -1 && n > 0)
                return new String(b, 0, n, StandardCharsets.UTF_8).trim();
            if (c == -1)
                return null;
            if (n == b.length)
                throw new IOException("ligne trop longue");
            b[n++] = (byte) c;
        }
    }

    static void dialogue(Socket s) {
        try (s) {
            var in = new BufferedInputStream(s.getInputStream());
            var out = new PrintStream(s.getOutputStream(), true, StandardCharsets.UTF_8);
            for (String cle; (cle = ligne(in)) != null && !cle.equals("FIN"); ) {
                String valeur = donnees.get(cle);
                out.println(valeur == null ? "Cle inconnue : " + cle : cle + " = " + valeur);
            }
        } catch (IOException e) {
            System.out.println(e.getMessage());
        }
    }

    public static void main(String[] args) {
        if (args.length != 1) {
            System.err.println("Usage: java Ressources <port>");
            System.exit(1);
        }
        ExecutorService pool = Executors.newFixedThreadPool(100);
        try (ServerSocket serveur = new ServerSocket(Integer.parseInt(args[0]))) {
            while (true) {
                Socket s = serveur.accept();
                pool.execute(() -> dialogue(s));
            }
        } catch (IOException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
