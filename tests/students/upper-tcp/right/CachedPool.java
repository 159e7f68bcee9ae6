import java.io.*;
import java.net.*;
import java.util.concurrent.*;

public class CachedPool {
    public static void main(String[] args) throws Exception {
        if (args.length < 1) {
            System.err.println("Usage : java CachedPool.java port");
            System.exit(1);
        }
        ExecutorService pool = Executors.newCachedThreadPool();
        try (ServerSocket ss = new ServerSocket(Integer.parseInt(args[0]), 50)) {
            while (true) {
                Socket s = ss.accept();
                pool.submit(() -> client(s));
            }
        } finally {
            pool.shutdownNow();
        }
    }

    static void client(Socket s) {
        try (s) {
            InputStream in = s.getInputStream();
            OutputStream out = s.getOutputStream();
            byte[] b = new byte[1024];
            for (int n; (n = in.read(b)) != -1; ) {
                for (int i = 0; i < n; i++)
                    if (b[i] >= 'a' && b[i] <= 'z')
                        b[i] -= 32;
                out.write(b, 0, n);
            }
        } catch (IOException e) {
            System.out.println(e);
        }
    }
}
