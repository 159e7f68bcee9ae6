import java.net.*;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

public class DatePaquet {
    public static void main(String[] args) throws Exception {
        if (args.length != 1) {
            System.err.println("Usage: java DatePaquet <port>");
            System.exit(1);
        }
        try (DatagramSocket s = new DatagramSocket(Integer.parseInt(args[0]))) {
            byte[] vide = new byte[16];
            while (true) {
                DatagramPacket p = new DatagramPacket(vide, vide.length);
                s.receive(p);
                byte[] d = (OffsetDateTime.now().truncatedTo(ChronoUnit.SECONDS) + "\n").getBytes();
                s.send(new DatagramPacket(d, d.length, p.getSocketAddress()));
            }
        }
    }
}
