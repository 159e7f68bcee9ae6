import java.net.*;
import java.nio.ByteBuffer;

public class SecondesPaquet {
    public static void main(String[] args) throws Exception {
        if (args.length != 1) {
            System.err.println("Usage: java SecondesPaquet <port>");
            System.exit(1);
        }
        try (DatagramSocket s = new DatagramSocket(Integer.parseInt(args[0]))) {
            byte[] tampon = new byte[256];
            while (true) {
                DatagramPacket p = new DatagramPacket(tampon, tampon.length);
                s.receive(p);
                int n = (int) (System.currentTimeMillis() / 1000 + 2208988800L);
                byte[] d = ByteBuffer.allocate(4).putInt(n).array();
                s.send(new DatagramPacket(d, 4, p.getSocketAddress()));
            }
        }
    }
}
