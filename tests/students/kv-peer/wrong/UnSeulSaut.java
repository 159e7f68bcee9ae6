import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;

/** Serveur clé-valeur ; le pair ne transmet pas ce que demande un serveur. */
public class UnSeulSaut {
    static final Map<String, String> table = new HashMap<>();
    static String pair;
    static String moi;

    static String demander(int sauts, String chemin, String cle) {
        if (pair.isEmpty() || sauts == 0) {
            return "ERR unknown key";
        }
        int deux = pair.lastIndexOf(':');
        try (Socket s = new Socket()) {
            s.connect(new InetSocketAddress(pair.substring(0, deux), Integer.parseInt(pair.substring(deux + 1))), 2000);
            s.setSoTimeout(2000);
            Writer w = new OutputStreamWriter(s.getOutputStream(), StandardCharsets.UTF_8);
            w.write("PEER " + (sauts - 1) + " " + (chemin.isEmpty() ? moi : chemin + "," + moi) + " " + cle + "\n");
            w.flush();
            String reponse = new BufferedReader(new InputStreamReader(s.getInputStream(), StandardCharsets.UTF_8)).readLine();
            return reponse == null ? "ERR peer unreachable" : reponse;
        } catch (IOException e) {
            return "ERR peer unreachable";
        }
    }

    static String repondre(String requete) {
        int sauts = 3;
        String chemin = "", cle = requete;
        String[] mots = requete.split(" ", 4);
        if (mots.length == 4 && mots[0].equals("PEER") && mots[1].matches("\\d{1,4}")) {
            sauts = Integer.parseInt(mots[1]);
            chemin = mots[2];
            cle = mots[3];
        }
        if (Arrays.asList(chemin.split(",")).contains(moi)) {
            return "ERR cycle";
        }
        String valeur = table.get(cle);
        if (valeur == null && chemin.isEmpty()) {
            return demander(sauts, chemin, cle);
        }
        return valeur != null ? "OK " + valeur : "ERR unknown key";
    }

    static void servir(Socket socket) {
        try (Socket s = socket) {
            InputStream in = new BufferedInputStream(s.getInputStream());
            OutputStream out = s.getOutputStream();
            ByteArrayOutputStream ligne = new ByteArrayOutputStream();
            int c;
            while ((c = in.read()) != -1) {
                if (c != '\n') {
                    ligne.write(c);
                    if (ligne.size() > 65536) {
                        out.write("ERR line too long\n".getBytes());
                        return;
                    }
                    continue;
                }
                String requete = ligne.toString(StandardCharsets.UTF_8).trim();
                ligne.reset();
                if (requete.equals("FIN")) {
                    out.write("BYE\n".getBytes());
                    return;
                }
                out.write((repondre(requete) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            System.err.println("client : " + e.getMessage());
        }
    }

    public static void main(String[] args) {
        if (args.length != 3) {
            System.err.println("usage : java UnSeulSaut port pair donnees");
            System.exit(1);
        }
        try {
            pair = args[1];
            moi = "127.0.0.1:" + args[0];
            for (String ligne : Files.readAllLines(Path.of(args[2]))) {
                String[] mots = ligne.split("\t");
                table.put(mots[0], mots[1]);
            }
            ServerSocket serveur = new ServerSocket(Integer.parseInt(args[0]));
            while (true) {
                Socket s = serveur.accept();
                new Thread(() -> servir(s)).start();
            }
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("erreur : " + e.getMessage());
            System.exit(1);
        }
    }
}
