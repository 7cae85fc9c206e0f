package cloud.enact.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.web.HttpRequestHandler;

/** The console in a web application. Thread-safe. */
public final class ConsoleHandler implements HttpRequestHandler, AutoCloseable {

    private final ConsoleDoor door;

    /**
     * Creates the console.
     *
     * @param settings how it is reached, and by whom
     * @param credential lets somebody in who shows it, or {@code null} where roles alone do
     * @param sources what it shows
     * @param clock ends sessions
     */
    public ConsoleHandler(
            ConsoleSettings settings, @Nullable ConsoleCredential credential, ConsoleSources sources, Clock clock) {
        this.door = new ConsoleDoor(settings, credential, sources, clock);
    }

    @Override
    public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
        this.door.answer(new ServletExchange(request, response));
    }

    @Override
    public void close() {
        this.door.close();
    }
}
