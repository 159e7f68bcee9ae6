import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;

public class Ligne {
    public static void main(String[] args) throws IOException {
        Path racine = Path.of(args[1]).toRealPath();
        ServerSocket serveur = new ServerSocket(Integer.parseInt(args[0]));
        while (true) {
            Socket s = serveur.accept();
            new Thread(() -> {
                try (s) {
                    client(s, racine);
                } catch (IOException e) {
                    System.err.println(e);
                }
            }).start();
        }
    }

    static void client(Socket s, Path racine) throws IOException {
        var in = new BufferedReader(new InputStreamReader(s.getInputStream(), StandardCharsets.UTF_8));
        var out = new PrintStream(new BufferedOutputStream(s.getOutputStream()), false, StandardCharsets.UTF_8);
        for (String l; (l = in.readLine()) != null; out.flush()) {
            if (l.equals("FIN")) {
                out.println("BYE");
                out.flush();
                return;
            }
            if (!l.startsWith("GET ")) {
                out.println("ERR unknown command");
                continue;
            }
            try {
                Path p = racine.resolve(l.substring(4)).toRealPath();
                if (!p.startsWith(racine)) {
                    out.println("ERR forbidden");
                } else {
                    byte[] data = Files.readAllBytes(p);
                    out.println("OK " + data.length);
                    out.write(data);
                    out.println();
                }
            } catch (IOException | InvalidPathException e) {
                out.println("ERR not found");
            }
        }
    }
}
