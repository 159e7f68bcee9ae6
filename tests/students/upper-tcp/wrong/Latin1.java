import java.io.*;
import java.net.*;

public class Latin1 {
    public static void main(String[] args) throws IOException {
        ServerSocket serveur = new ServerSocket(Integer.parseInt(args[0]));
        while (true) {
            Socket s = serveur.accept();
            new Thread(() -> {
                try (s) {
                    Reader in = new InputStreamReader(s.getInputStream(), "UTF-8");
                    OutputStream out = s.getOutputStream();
                    char[] c = new char[1000];
                    int n;
                    while ((n = in.read(c)) > 0)
                        out.write(new String(c, 0, n).toUpperCase().getBytes("ISO-8859-1"));
                } catch (IOException e) {
                    System.out.println("deconnexion");
                }
            }).start();
        }
    }
}
