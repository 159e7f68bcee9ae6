import java.io.*;
import java.net.Socket;

public class ChatDuplex {
    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            System.err.println("usage: ChatDuplex host port");
            System.exit(1);
        }
        int port = 0;
        try {
            port = Integer.parseInt(args[1]);
        } catch (NumberFormatException e) {
            System.err.println("port?");
            System.exit(1);
        }
        Socket s = null;
        try {
            s = new Socket(args[0], port);
        } catch (IOException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
        final BufferedReader in = new BufferedReader(new InputStreamReader(s.getInputStream(), "UTF-8"));
        new Thread(() -> {
            try {
                String l;
                while ((l = in.readLine()) != null) System.out.println("[lui] " + l);
            } catch (IOException e) {
                System.out.println("coupé");
            }
            System.exit(0);
        }).start();
        PrintWriter out = new PrintWriter(new OutputStreamWriter(s.getOutputStream(), "UTF-8"), true);
        BufferedReader clavier = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
        String l;
        while ((l = clavier.readLine()) != null) out.println(l);
        s.shutdownOutput();
    }
}
