import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.util.Random;

public class Partie implements Runnable {
    static final int N = 100, K = 10;
    private final Socket s;
    private final int secret = new Random().nextInt(N) + 1;

    Partie(Socket s) {
        this.s = s;
    }

    String ligne(InputStream in) throws IOException {
        var b = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c == -1 || b.size() > 65536)
                return null;
            b.write(c);
        }
        return b.toString(StandardCharsets.UTF_8).trim();
    }

    public void run() {
        try (s) {
            InputStream in = new BufferedInputStream(s.getInputStream());
            PrintStream out = new PrintStream(s.getOutputStream(), true, StandardCharsets.UTF_8);
            out.print("Le nombre mystère : de 1 à " + N + ", essais : " + K + "\n");
            out.print("Tapez un nombre par ligne.\nBonne chance !\n");
            int reste = K;
            String l;
            while (reste > 0 && (l = ligne(in)) != null) {
                int essai;
                try {
                    essai = Integer.parseInt(l);
                } catch (NumberFormatException e) {
                    out.print("Je ne comprends pas « " + (l.length() > 20 ? "..." : l) + " »\n");
                    continue;
                }
                reste--;
                if (essai == secret) {
                    out.print("Bravo, gagné !\n");
                    return;
                }
                out.print((essai < secret ? "plus grand" : "plus petit") + " (reste " + reste + ")\n");
            }
            if (reste == 0)
                out.print("Perdu ! C'était " + secret + "\n");
        } catch (IOException e) {
            System.out.println("joueur parti");
        }
    }

    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            System.err.println("Usage: java Partie <port>");
            System.exit(1);
        }
        try (ServerSocket ss = new ServerSocket(Integer.parseInt(args[0]))) {
            while (true)
                new Thread(new Partie(ss.accept())).start();
        }
    }
}
