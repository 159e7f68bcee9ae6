import java.io.*;
import java.net.*;

public class BufferedNoFlush {
    public static void main(String[] args) throws IOException {
        ServerSocket serveur = new ServerSocket(Integer.parseInt(args[0]));
        while (true) {
            Socket s = serveur.accept();
            new Thread(() -> {
                try (s; var in = new BufferedInputStream(s.getInputStream());
                     var out = new BufferedOutputStream(s.getOutputStream())) {
                    int b;
                    while ((b = in.read()) != -1)
                        out.write(b);
                } catch (IOException e) {
                    System.out.println(e);
                }
            }).start();
        }
    }
}
