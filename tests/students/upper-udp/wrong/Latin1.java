import java.net.*;

public class Latin1 {
    public static void main(String[] args) throws Exception {
        DatagramSocket s = new DatagramSocket(Integer.parseInt(args[0]));
        byte[] b = new byte[65535];
        while (true) {
            DatagramPacket p = new DatagramPacket(b, b.length);
            s.receive(p);
            String mess = new String(b, 0, p.getLength(), "ISO-8859-1");
            byte[] rep = mess.toUpperCase().getBytes("ISO-8859-1");
            s.send(new DatagramPacket(rep, rep.length, p.getSocketAddress()));
        }
    }
}
