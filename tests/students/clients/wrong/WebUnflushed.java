import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.Socket;

/** Mistake: the request stays in the writer, which is never flushed. */
public class WebUnflushed {
    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            System.err.println("usage : java WebUnflushed hote port");
            System.exit(2);
        }
        try (Socket socket = new Socket(args[0], Integer.parseInt(args[1]))) {
            PrintWriter out = new PrintWriter(socket.getOutputStream());
            out.print("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
            String line;
            while ((line = in.readLine()) != null) {
                System.out.println(line);
            }
        }
    }
}
