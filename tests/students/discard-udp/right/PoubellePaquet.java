import java.net.*;

public class PoubellePaquet {
    public static void main(String[] args) throws Exception {
        if (args.length != 1) {
            System.err.println("Usage: java PoubellePaquet <port>");
            System.exit(1);
        }
        try (DatagramSocket s = new DatagramSocket(Integer.parseInt(args[0]))) {
            byte[] tampon = new byte[65536];
            while (true) {
                s.receive(new DatagramPacket(tampon, tampon.length));
            }
        }
    }
}
