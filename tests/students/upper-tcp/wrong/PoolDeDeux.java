import java.io.*;
import java.net.*;
import java.util.concurrent.*;

public class PoolDeDeux {
    public static void main(String[] args) throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        ServerSocket serveur = new ServerSocket(Integer.parseInt(args[0]));
        while (true) {
            Socket s = serveur.accept();
            pool.execute(() -> {
                try (s) {
                    byte[] buf = new byte[512];
                    int n;
                    while ((n = s.getInputStream().read(buf)) > 0) {
                        for (int i = 0; i < n; i++)
                            if ('a' <= buf[i] && buf[i] <= 'z')
                                buf[i] = (byte) (buf[i] - 'a' + 'A');
                        s.getOutputStream().write(buf, 0, n);
                    }
                } catch (IOException e) {
                    System.err.println(e);
                }
            });
        }
    }
}
