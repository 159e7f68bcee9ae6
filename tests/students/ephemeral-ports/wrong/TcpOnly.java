import java.net.ServerSocket;

public class TcpOnly {
    public static void main(String[] args) throws Exception {
        ServerSocket tcp = new ServerSocket(0);
        System.out.println("Socket TCP attachée au port : " + tcp.getLocalPort());
        Thread.sleep(20000);
    }
}
