import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;

public class Datagrammes {
    public static void main(String[] args) {
        if (args.length != 1) {
            System.err.println("Usage: java Datagrammes <port>");
            System.exit(1);
        }
        try (var sock = new DatagramSocket(Integer.parseInt(args[0]))) {
            byte[] tampon = new byte[65535];
            while (true) {
                var paquet = new DatagramPacket(tampon, tampon.length);
                sock.receive(paquet);
                System.out.println(paquet.getLength() + " octets de " + paquet.getSocketAddress());
                sock.send(paquet);
            }
        } catch (IOException | IllegalArgumentException e) {
            System.err.println(e);
            System.exit(1);
        }
    }
}
