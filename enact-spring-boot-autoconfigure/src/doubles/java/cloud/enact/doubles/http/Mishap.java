package cloud.enact.doubles.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** What goes wrong with one request. */
public sealed interface Mishap {

    /** Nothing at all. */
    record None() implements Mishap {}

    /** The connection is cut before anything is done. */
    record Dropped() implements Mishap {}

    /** Everything is done, and the connection is cut before the answer. */
    record AnswerLost() implements Mishap {}

    /**
     * Everything is done, and the answer has another body.
     *
     * @param body of the answer
     */
    record AnswerReplaced(String body) implements Mishap {}

    /**
     * Everything is done, and something happens before the answer.
     *
     * @param what happens then
     */
    record Meanwhile(Runnable what) implements Mishap {}

    /**
     * Nothing is done, and somebody waits for the answer until the latch opens.
     *
     * @param until opens when the answer may come
     */
    record Slow(CountDownLatch until) implements Mishap {}

    /**
     * Nothing is done.
     *
     * @param status of the answer
     * @param headers of the answer
     * @param body of the answer
     */
    record Answered(int status, Map<String, String> headers, String body) implements Mishap {

        void send(HttpExchange exchange) throws IOException {
            this.headers.forEach(exchange.getResponseHeaders()::set);
            byte[] bytes = this.body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(this.status, (bytes.length == 0) ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
