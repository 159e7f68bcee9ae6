import java.net.DatagramSocket;
import java.net.ServerSocket;

public class Ports {
    public static void main(String[] args) throws Exception {
        try (DatagramSocket udp = new DatagramSocket(0); ServerSocket tcp = new ServerSocket(0)) {
            System.out.println("Ports donnés par le système");
            System.out.println("Socket UDP attaché au port : " + udp.getLocalPort());
            System.out.println("Socket TCP attachée au port : " + tcp.getLocalPort());
            Thread.sleep(20000);
        }
    }
}
