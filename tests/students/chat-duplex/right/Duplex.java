import java.io.*;
import java.net.*;

public class Duplex {
    public static void main(String[] args) {
        if (args.length != 1) {
            System.err.println("Usage : java Duplex <port>");
            System.exit(1);
        }
        try (ServerSocket ss = new ServerSocket(Integer.parseInt(args[0]))) {
            Socket s = ss.accept();
            BufferedReader in = new BufferedReader(new InputStreamReader(s.getInputStream(), "UTF-8"));
            PrintStream ecran = new PrintStream(new FileOutputStream(FileDescriptor.out), true, "UTF-8");
            new Thread(() -> {
                try {
                    String l;
                    while ((l = in.readLine()) != null) ecran.println("Reçu : " + l);
                } catch (IOException e) {
                    System.err.println(e.getMessage());
                }
                System.exit(0);
            }).start();
            BufferedReader clavier = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
            OutputStream out = s.getOutputStream();
            String l;
            while ((l = clavier.readLine()) != null) out.write((l + "\n").getBytes("UTF-8"));
            s.shutdownOutput();
            Thread.currentThread().join();
        } catch (IOException | InterruptedException | IllegalArgumentException e) {
            System.err.println("Erreur : " + e.getMessage());
            System.exit(1);
        }
    }
}
