import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

public class UneReponseDeRetard {
    public static void main(String[] args) throws IOException {
        try (ServerSocket ss = new ServerSocket(Integer.parseInt(args[0]))) {
            while (true) {
                Socket s = ss.accept();
                new Thread(() -> servir(s)).start();
            }
        }
    }

    static void servir(Socket s) {
        try (s) {
            BufferedReader in = new BufferedReader(new InputStreamReader(s.getInputStream(), StandardCharsets.UTF_8));
            BufferedWriter out = new BufferedWriter(new OutputStreamWriter(s.getOutputStream(), StandardCharsets.UTF_8));
            for (String l = in.readLine(); l != null; l = in.readLine()) {
                String rep = "Commande inconnue";
                if (l.startsWith("UPPER "))
                    rep = l.substring(6).toUpperCase();
                else if (l.startsWith("LOWER "))
                    rep = l.substring(6).toLowerCase();
                else if (l.equals("DATENOW"))
                    rep = "" + Instant.now().getEpochSecond();
                out.flush();
                out.write(rep + "\n");
            }
            out.close();
        } catch (IOException e) {
            System.err.println(e);
        }
    }
}
