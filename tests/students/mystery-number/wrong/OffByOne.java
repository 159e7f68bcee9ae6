import java.io.PrintWriter;
import java.net.*;
import java.util.Scanner;

public class OffByOne {
    static int n = 100, k = 7;

    public static void main(String[] args) throws Exception {
        ServerSocket ss = new ServerSocket(Integer.parseInt(args[0]));
        while (true) {
            Socket s = ss.accept();
            new Thread(() -> {
                try (s) {
                    Scanner in = new Scanner(s.getInputStream(), "UTF-8");
                    PrintWriter out = new PrintWriter(s.getOutputStream(), true);
                    int secret = (int) (Math.random() * n) + 1;
                    out.println("MYSTERE " + n + " " + k);
                    for (int i = 0; i <= k; i++) {
                        if (!in.hasNextLine())
                            return;
                        int x;
                        try {
                            x = Integer.parseInt(in.nextLine().trim());
                        } catch (NumberFormatException e) {
                            out.println("ERR");
                            i--;
                            continue;
                        }
                        if (x == secret) {
                            out.println("GAGNE");
                            return;
                        }
                        out.println(x < secret ? "PLUS GRAND" : "PLUS PETIT");
                    }
                } catch (Exception e) {
                    System.out.println(e);
                }
            }).start();
        }
    }
}
