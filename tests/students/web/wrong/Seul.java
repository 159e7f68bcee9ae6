import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Serveur web : com.sun.net.httpserver, un seul fil pour tous. */
public class Seul {
    static Path racine;

    static void repondre(HttpExchange echange, int code, byte[] corps) throws IOException {
        if (echange.getRequestMethod().equals("HEAD")) {
            echange.sendResponseHeaders(code, -1);
        } else {
            echange.sendResponseHeaders(code, corps.length == 0 ? -1 : corps.length);
            try (OutputStream sortie = echange.getResponseBody()) {
                sortie.write(corps);
            }
        }
        echange.close();
    }

    static void servir(HttpExchange echange) throws IOException {
        String methode = echange.getRequestMethod();
        if (!methode.equals("GET") && !methode.equals("HEAD")) {
            echange.getResponseHeaders().set("Allow", "GET, HEAD");
            repondre(echange, 405, "interdit".getBytes());
            return;
        }
        String nom = echange.getRequestURI().getPath();
        if (nom == null || nom.endsWith("/")) {
            nom = (nom == null ? "/" : nom) + "index.html";
        }
        Path chemin;
        try {
            chemin = racine.resolve("." + nom).toRealPath();
        } catch (IOException | InvalidPathException e) {
            repondre(echange, 404, "introuvable".getBytes());
            return;
        }
        if (!chemin.startsWith(racine) || !Files.isRegularFile(chemin)) {
            repondre(echange, 404, "introuvable".getBytes());
            return;
        }
        String genre = Files.probeContentType(chemin);
        echange.getResponseHeaders().set("Content-Type", genre == null ? "application/octet-stream" : genre);
        repondre(echange, 200, Files.readAllBytes(chemin));
    }

    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            System.err.println("usage : java Seul port racine");
            System.exit(1);
        }
        racine = Path.of(args[1]).toRealPath();
        HttpServer serveur = null;
        try {
            serveur = HttpServer.create(new InetSocketAddress(Integer.parseInt(args[0])), 0);
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("impossible : " + e.getMessage());
            System.exit(1);
        }
        serveur.createContext("/", Seul::servir);
        serveur.setExecutor(null);
        serveur.start();
    }
}
