import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;

public class ReadLineEcho {
    public static void main(String[] args) throws IOException {
        try (ServerSocket ss = new ServerSocket(Integer.parseInt(args[0]))) {
            for (;;) {
                Socket s = ss.accept();
                new Thread(() -> echo(s)).start();
            }
        }
    }

    private static void echo(Socket s) {
        try (s) {
            BufferedReader in = new BufferedReader(new InputStreamReader(s.getInputStream(), StandardCharsets.UTF_8));
            PrintWriter out = new PrintWriter(new OutputStreamWriter(s.getOutputStream(), StandardCharsets.UTF_8), true);
            String ligne;
            while ((ligne = in.readLine()) != null) {
                System.out.println("Recu : " + ligne);
                out.println(ligne);
            }
        } catch (IOException e) {
            e.printStackTrace();
        }
    }
}
