import java.io.*;
import java.net.*;

public class SplitEspace extends Thread {
    private Socket client;

    public SplitEspace(Socket c) {
        client = c;
    }

    public void run() {
        try {
            BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), "UTF-8"));
            PrintWriter out = new PrintWriter(new OutputStreamWriter(client.getOutputStream(), "UTF-8"), true);
            String ligne = in.readLine();
            while (ligne != null) {
                String[] tab = ligne.split(" ");
                if (ligne.equals("DATENOW")) {
                    out.println(System.currentTimeMillis());
                } else if (tab[0].equals("UPPER")) {
                    out.println(tab[1].toUpperCase());
                } else if (tab[0].equals("LOWER")) {
                    out.println(tab[1].toLowerCase());
                } else {
                    out.println("Commande inconnue");
                }
                ligne = in.readLine();
            }
        } catch (IOException e) {
            e.printStackTrace();
        } finally {
            try {
                client.close();
            } catch (IOException e) {
            }
        }
    }

    public static void main(String[] args) throws IOException {
        ServerSocket serveur = new ServerSocket(Integer.parseInt(args[0]));
        while (true) {
            new SplitEspace(serveur.accept()).start();
        }
    }
}
