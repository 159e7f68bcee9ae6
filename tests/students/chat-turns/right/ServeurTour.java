import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.*;

public class ServeurTour {
    public static void main(String[] args) throws Exception {
        if (args.length != 1) {
            System.err.println("usage: ServeurTour port");
            System.exit(1);
        }
        ServerSocket ecoute = null;
        try {
            ecoute = new ServerSocket(Integer.parseInt(args[0]));
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("erreur : " + e.getMessage());
            System.exit(1);
        }
        Socket s = ecoute.accept();
        ecoute.close();
        BlockingQueue<String> recues = new LinkedBlockingQueue<>();
        BufferedReader in = new BufferedReader(new InputStreamReader(s.getInputStream(), StandardCharsets.UTF_8));
        Thread t = new Thread(() -> {
            try {
                for (String l; (l = in.readLine()) != null; ) recues.add(l);
            } catch (IOException e) {
                // parti
            }
            while (!recues.isEmpty()) Thread.yield();
            System.out.println("-- fin --");
            System.exit(0);
        });
        t.setDaemon(true);
        t.start();
        BufferedReader clavier = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintWriter out = new PrintWriter(new OutputStreamWriter(s.getOutputStream(), StandardCharsets.UTF_8), true);
        PrintStream ecran = new PrintStream(System.out, true, "UTF-8");
        while (true) {
            ecran.println("<< " + recues.take());
            ecran.print(">> ");
            String l = clavier.readLine();
            if (l == null) System.exit(0);
            out.println(l);
        }
    }
}
