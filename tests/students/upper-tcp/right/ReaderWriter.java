import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

class ReaderWriter implements Runnable {
    private final Socket socket;

    ReaderWriter(Socket socket) {
        this.socket = socket;
    }

    @Override
    public void run() {
        try (Socket s = socket;
             Reader in = new InputStreamReader(s.getInputStream(), StandardCharsets.UTF_8);
             Writer out = new OutputStreamWriter(s.getOutputStream(), StandardCharsets.UTF_8)) {
            char[] tampon = new char[2048];
            int n;
            while ((n = in.read(tampon)) > 0) {
                out.write(new String(tampon, 0, n).toUpperCase(Locale.ROOT));
                out.flush();
            }
        } catch (IOException e) {
            System.err.println("Client perdu : " + e.getMessage());
        }
    }

    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            System.err.println("Usage: java ReaderWriter <port>");
            System.exit(1);
        }
        ServerSocket serveur = new ServerSocket();
        serveur.setReuseAddress(true);
        serveur.bind(new InetSocketAddress(Integer.parseInt(args[0])));
        while (true) {
            Thread t = new Thread(new ReaderWriter(serveur.accept()));
            t.setDaemon(true);
            t.start();
        }
    }
}
