import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;

public class Fichiers {
    static Path racine;

    static String ligne(InputStream in) throws IOException {
        var b = new ByteArrayOutputStream();
        for (int c; (c = in.read()) != '\n'; ) {
            if (c == -1)
                return b.size() == 0 ? null : b.toString(StandardCharsets.UTF_8);
            if (b.size() == 65536)
                throw new IOException("ligne trop longue");
            b.write(c);
        }
        return b.toString(StandardCharsets.UTF_8).replaceAll("\r$", "");
    }

    static void dire(OutputStream out, String texte) throws IOException {
        out.write((texte + "\n").getBytes(StandardCharsets.UTF_8));
    }

    static void envoyer(OutputStream out, String nom) throws IOException {
        Path reel;
        try {
            reel = racine.resolve(nom).toRealPath();
        } catch (IOException | InvalidPathException e) {
            dire(out, "ERR not found");
            return;
        }
        if (!reel.startsWith(racine)) {
            dire(out, "ERR forbidden");
        } else if (!Files.isRegularFile(reel)) {
            dire(out, "ERR not found");
        } else {
            dire(out, "OK " + Files.size(reel));
            Files.copy(reel, out);
        }
    }

    static void client(Socket s) {
        try (s) {
            var in = new BufferedInputStream(s.getInputStream());
            var out = new BufferedOutputStream(s.getOutputStream());
            for (String l; (l = ligne(in)) != null; out.flush()) {
                if (l.equals("FIN")) {
                    dire(out, "BYE");
                    out.flush();
                    return;
                }
                if (l.startsWith("GET "))
                    envoyer(out, l.substring(4));
                else
                    dire(out, "ERR unknown command");
            }
        } catch (IOException e) {
            System.out.println(e.getMessage());
        }
    }

    public static void main(String[] args) throws IOException {
        racine = Path.of(args[1]).toRealPath();
        try (var serveur = new ServerSocket(Integer.parseInt(args[0]))) {
            while (true) {
                Socket s = serveur.accept();
                new Thread(() -> client(s)).start();
            }
        }
    }
}
