import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.*;
import java.util.Iterator;

public class NioSelector {
    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            System.err.println("usage: NioSelector port");
            System.exit(1);
        }
        Selector selector = Selector.open();
        ServerSocketChannel ssc = ServerSocketChannel.open();
        ssc.bind(new InetSocketAddress(Integer.parseInt(args[0])), 100);
        ssc.configureBlocking(false);
        ssc.register(selector, SelectionKey.OP_ACCEPT);
        while (true) {
            selector.select();
            Iterator<SelectionKey> it = selector.selectedKeys().iterator();
            while (it.hasNext()) {
                SelectionKey key = it.next();
                it.remove();
                if (key.isAcceptable()) {
                    SocketChannel c = ssc.accept();
                    if (c != null) {
                        c.configureBlocking(false);
                        c.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(4096));
                    }
                } else {
                    try {
                        serve(key);
                    } catch (IOException e) {
                        key.channel().close();
                    }
                }
            }
        }
    }

    static void serve(SelectionKey key) throws IOException {
        SocketChannel c = (SocketChannel) key.channel();
        ByteBuffer b = (ByteBuffer) key.attachment();
        if (key.isReadable()) {
            b.clear();
            if (c.read(b) == -1) {
                c.close();
                return;
            }
            b.flip();
            for (int i = 0; i < b.limit(); i++) {
                byte x = b.get(i);
                if (x >= 'a' && x <= 'z')
                    b.put(i, (byte) (x - 'a' + 'A'));
            }
        }
        c.write(b);
        key.interestOps(b.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }
}
