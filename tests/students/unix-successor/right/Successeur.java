import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

public class Successeur {
    public static void main(String[] args) {
        if (args.length != 1) {
            System.err.println("usage : java Successeur chemin");
            System.exit(1);
        }
        Path chemin = Path.of(args[0]);
        try {
            Files.deleteIfExists(chemin);
            ServerSocketChannel serveur = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            serveur.bind(UnixDomainSocketAddress.of(chemin));
            System.out.println("Le serveur attend");
            while (true) {
                try (SocketChannel client = serveur.accept()) {
                    ByteBuffer tampon = ByteBuffer.allocate(1);
                    if (client.read(tampon) == 1) {
                        byte octet = (byte) (tampon.get(0) + 1);
                        client.write(ByteBuffer.wrap(new byte[] {octet}));
                    }
                } catch (IOException e) {
                    System.err.println("client : " + e.getMessage());
                }
            }
        } catch (IOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
