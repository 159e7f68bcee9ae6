import java.io.IOException;
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

public class Unicode {
    public static void main(String[] args) throws SocketException {
        if (args.length != 1) {
            System.err.println("Usage: java Unicode <port>");
            System.exit(1);
        }
        var socket = new DatagramSocket(Integer.parseInt(args[0]));
        byte[] tampon = new byte[65536];
        while (true) {
            try {
                var requete = new DatagramPacket(tampon, tampon.length);
                socket.receive(requete);
                String mess = new String(requete.getData(), 0, requete.getLength(), StandardCharsets.UTF_8);
                byte[] rep = mess.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
                socket.send(new DatagramPacket(rep, rep.length, requete.getSocketAddress()));
            } catch (IOException e) {
                System.err.println(e.getMessage());
            }
        }
    }
}
