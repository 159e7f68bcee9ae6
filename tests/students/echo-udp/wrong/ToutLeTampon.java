import java.net.*;

public class ToutLeTampon {
    public static void main(String[] args) throws Exception {
        DatagramSocket socket = new DatagramSocket(Integer.parseInt(args[0]));
        byte[] buffer = new byte[1024];
        while (true) {
            DatagramPacket recu = new DatagramPacket(buffer, buffer.length);
            socket.receive(recu);
            String message = new String(recu.getData());
            System.out.println("Recu : " + message);
            byte[] reponse = message.getBytes();
            socket.send(new DatagramPacket(reponse, reponse.length, recu.getAddress(), recu.getPort()));
        }
    }
}
