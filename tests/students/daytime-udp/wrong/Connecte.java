import java.net.*;
import java.util.Date;

public class Connecte {
    public static void main(String[] args) throws Exception {
        DatagramSocket s = new DatagramSocket(Integer.parseInt(args[0]));
        DatagramPacket p = new DatagramPacket(new byte[256], 256);
        s.receive(p);
        s.connect(p.getSocketAddress());
        while (true) {
            byte[] d = (new Date() + "\n").getBytes();
            try {
                s.send(new DatagramPacket(d, d.length));
                s.receive(p);
            } catch (PortUnreachableException e) {
                System.out.println("client parti");
            }
        }
    }
}
