import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Une connexion par ligne tapée. */
public class Successeur {
    public static void main(String[] args) throws IOException {
        if (args.length < 1) {
            System.err.println("usage: java Successeur <chemin>");
            System.exit(1);
        }
        BufferedReader clavier = new BufferedReader(new InputStreamReader(System.in));
        System.out.print("Un caractère : ");
        System.out.flush();
        String ligne;
        while ((ligne = clavier.readLine()) != null && !ligne.equalsIgnoreCase("quit")) {
            byte octet = ligne.isEmpty() ? (byte) 'A' : ligne.getBytes()[0];
            try {
                byte recu = demander(args[0], octet);
                System.out.println("Réponse du serveur : '" + (char) (recu & 0xff) + "'");
            } catch (IOException e) {
                System.err.println("Erreur : " + e.getMessage());
                System.exit(2);
            }
            System.out.print("Un caractère : ");
            System.out.flush();
        }
    }

    static byte demander(String chemin, byte octet) throws IOException {
        try (SocketChannel canal = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            canal.connect(UnixDomainSocketAddress.of(chemin));
            canal.write(ByteBuffer.wrap(new byte[] {octet}));
            ByteBuffer tampon = ByteBuffer.allocate(16);
            if (canal.read(tampon) < 1) {
                throw new IOException("le serveur a fermé la connexion");
            }
            return tampon.get(0);
        }
    }
}
