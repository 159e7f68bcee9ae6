import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

public class MemeOctet {
    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            System.err.println("usage : java MemeOctet chemin");
            System.exit(1);
        }
        Files.deleteIfExists(Path.of(args[0]));
        ServerSocketChannel serveur = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        serveur.bind(UnixDomainSocketAddress.of(args[0]));
        while (true) {
            try (SocketChannel client = serveur.accept()) {
                ByteBuffer tampon = ByteBuffer.allocate(16);
                if (client.read(tampon) > 0) {
                    tampon.flip();
                    byte octet = tampon.get();
                    client.write(ByteBuffer.wrap(new byte[] {octet++}));
                }
            } catch (IOException e) {
                System.err.println(e.getMessage());
            }
        }
    }
}
