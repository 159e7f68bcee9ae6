import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;

/** Un ServerSocket, un thread par client, pas de Content-Type. */
public class SansType implements Runnable {
    private static Path racine;
    private final Socket socket;

    SansType(Socket socket) {
        this.socket = socket;
    }

    private static void envoyer(OutputStream out, String statut, String type, byte[] corps, boolean avecCorps) throws IOException {
        StringBuilder tete = new StringBuilder("HTTP/1.1 " + statut + "\r\n");
        tete.append("Server: SansType\r\n");
        tete.append("Content-Length: ").append(corps.length).append("\r\n");
        if (statut.startsWith("405")) {
            tete.append("Allow: GET,HEAD\r\n");
        }
        tete.append("Connection: close\r\n\r\n");
        out.write(tete.toString().getBytes(StandardCharsets.US_ASCII));
        if (avecCorps) {
            out.write(corps);
        }
        out.flush();
    }

    public void run() {
        try (Socket s = socket) {
            BufferedReader in = new BufferedReader(new InputStreamReader(s.getInputStream(), StandardCharsets.ISO_8859_1));
            OutputStream out = new BufferedOutputStream(s.getOutputStream());
            String requete = in.readLine();
            if (requete == null) {
                return;
            }
            String ligne;
            while ((ligne = in.readLine()) != null && !ligne.isEmpty()) {
                // les en-tetes ne servent pas
            }
            String[] mots = requete.split(" ");
            if (mots.length != 3 || !mots[2].startsWith("HTTP/")) {
                envoyer(out, "400 Bad Request", "text/plain", "400\n".getBytes(), true);
                return;
            }
            boolean corps = mots[0].equals("GET");
            if (!corps && !mots[0].equals("HEAD")) {
                envoyer(out, "405 Method Not Allowed", "text/plain", "405\n".getBytes(), true);
                return;
            }
            String nom = URLDecoder.decode(mots[1].split("\\?")[0].replace("+", "%2B"), StandardCharsets.UTF_8);
            if (nom.equals("/")) {
                nom = "/index.html";
            }
            Path fichier = racine.resolve(nom.replaceFirst("^/+", "")).normalize();
            if (!fichier.startsWith(racine)) {
                envoyer(out, "403 Forbidden", "text/plain", "403\n".getBytes(), corps);
            } else if (!Files.isRegularFile(fichier) || !fichier.toRealPath().startsWith(racine)) {
                envoyer(out, "404 Not Found", "text/plain", "404\n".getBytes(), corps);
            } else {
                String type = nom.endsWith(".html") ? "text/html" : nom.endsWith(".txt") ? "text/plain" : "application/octet-stream";
                envoyer(out, "200 OK", type, Files.readAllBytes(fichier), corps);
            }
        } catch (IllegalArgumentException | IOException e) {
            System.err.println("client : " + e.getMessage());
        }
    }

    public static void main(String[] args) {
        if (args.length < 2) {
            System.err.println("Usage: java SansType <port> <racine>");
            System.exit(1);
        }
        try {
            racine = Paths.get(args[1]).toRealPath();
            ServerSocket serveur = new ServerSocket(Integer.parseInt(args[0]));
            while (true) {
                new Thread(new SansType(serveur.accept())).start();
            }
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("erreur : " + e.getMessage());
            System.exit(1);
        }
    }
}
