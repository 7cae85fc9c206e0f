package cloud.enact.doubles;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Servers of doubles: at a free port, for this machine alone. */
public final class Loopback {

    private Loopback() {}

    /** Binds a server that is not started yet. */
    public static HttpServer bind() {
        // else every answer waits 40 ms for the client to acknowledge its headers; read once, by the JVM's first server
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
