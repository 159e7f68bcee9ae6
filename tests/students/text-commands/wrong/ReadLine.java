import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.util.Date;

public class ReadLine {
    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            System.err.println("Usage: java ReadLine <port>");
            System.exit(1);
        }
        ServerSocket serverSocket = new ServerSocket(Integer.parseInt(args[0]));
        while (true) {
            Socket clientSocket = serverSocket.accept();
            new Thread(() -> {
                try (clientSocket;
                     PrintWriter out = new PrintWriter(new OutputStreamWriter(clientSocket.getOutputStream(), StandardCharsets.UTF_8), true);
                     BufferedReader in = new BufferedReader(new InputStreamReader(clientSocket.getInputStream(), StandardCharsets.UTF_8))) {
                    String inputLine;
                    while ((inputLine = in.readLine()) != null) {
                        String[] parts = inputLine.split(" ", 2);
                        String arg = parts.length > 1 ? parts[1] : "";
                        switch (parts[0]) {
                            case "UPPER" -> out.println(arg.toUpperCase());
                            case "LOWER" -> out.println(arg.toLowerCase());
                            case "DATENOW" -> out.println(new Date());
                            default -> out.println("ERR unknown command");
                        }
                    }
                } catch (IOException e) {
                    System.out.println(e.getMessage());
                }
            }).start();
        }
    }
}
