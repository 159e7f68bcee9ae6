import java.io.*;
import java.net.Socket;

public class OneRead {
    public static void main(String[] args) throws Exception {
        if (args.length != 2) {
            System.err.println("usage");
            System.exit(1);
        }
        Socket s = new Socket(args[0], Integer.parseInt(args[1]));
        BufferedReader clavier = new BufferedReader(new InputStreamReader(System.in));
        byte[] tampon = new byte[1024];
        String ligne;
        while ((ligne = clavier.readLine()) != null && !ligne.equalsIgnoreCase("quit")) {
            s.getOutputStream().write((ligne + "\n").getBytes("UTF-8"));
            int n = s.getInputStream().read(tampon);
            if (n < 0) {
                System.err.println("fin");
                System.exit(1);
            }
            System.out.println(new String(tampon, 0, n, "UTF-8"));
        }
    }
}
