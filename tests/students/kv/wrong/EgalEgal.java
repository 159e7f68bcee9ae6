import java.io.*;
import java.net.*;

public class EgalEgal {
    static String[] cles = {"fa", "mi", "li"};
    static String[] valeurs = {"sill", "lion", "nez"};

    static String chercher(String cle) {
        for (int i = 0; i < cles.length; i++) {
            if (cles[i] == cle) {
                return "OK " + valeurs[i];
            }
        }
        return "ERR cle inconnue";
    }

    public static void main(String[] args) throws IOException {
        ServerSocket ss = new ServerSocket(Integer.parseInt(args[0]));
        while (true) {
            final Socket s = ss.accept();
            new Thread() {
                public void run() {
                    try {
                        BufferedReader in = new BufferedReader(new InputStreamReader(s.getInputStream()));
                        PrintWriter out = new PrintWriter(s.getOutputStream(), true);
                        String cle = in.readLine();
                        while (cle != null && cle != "FIN") {
                            out.println(chercher(cle.trim()));
                            cle = in.readLine();
                        }
                        s.close();
                    } catch (IOException e) {
                        System.out.println("erreur " + e);
                    }
                }
            }.start();
        }
    }
}
