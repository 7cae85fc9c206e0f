package cloud.enact.console;

import cloud.enact.api.Connection;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request of HTTP and its answer, whichever server took it. What it says is hostile. */
interface ConsoleExchange {

    String method();

    /** What the addresses of the application begin with, as it was sent; empty without such a thing. */
    String context();

    /** The path behind that, as it was sent: nothing in it is decoded. */
    String path();

    @Nullable
    String header(String name);

    Connection connection();

    /** The port that was asked. */
    int port();

    /** Whether nobody on the way could read along. */
    boolean isSecure();

    /**
     * Fields of the address and of the form.
     *
     * @throws RuntimeException when they can't be read, with whatever message
     */
    Map<String, String[]> fields();

    /** All values of the cookies of a name: programs behind other ports of the machine may have set some of them. */
    List<String> cookies(String name);

    /** Whom the application has authenticated, or {@code null}. */
    @Nullable
    String user();

    boolean isInRole(String role);

    /** Name and value of the hidden field that the application wants from its forms, or {@code null} for none. */
    @Nullable
    Map<String, @Nullable Object> securityField();

    /** Answers. */
    void send(Reply reply) throws IOException;

    /**
     * Begins an answer that some other thread ends, and tells the client so at once.
     *
     * @return {@code null} when the server can't
     */
    @Nullable
    Held hold(Reply head) throws IOException;

    /** An answer that has begun. */
    interface Held {

        /**
         * Ends it, with some last bytes.
         *
         * @throws IOException when the client is gone
         */
        void end(byte[] last) throws IOException;
    }
}
