package cloud.enact.connector.http;

import cloud.enact.connector.Connector;
import cloud.enact.connector.ConnectorContract;
import cloud.enact.doubles.http.Mishap;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.StepExecutor;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The HTTP connector keeps what every connector promises. */
class HttpConnectorContractTests extends ConnectorContract {

    @TempDir
    private Path directory;

    private Bookings bookings;

    @BeforeEach
    void start() throws Exception {
        this.bookings = new Bookings(this.directory);
    }

    @AfterEach
    void stop() {
        this.bookings.close();
    }

    @Override
    protected Connector connector(Set<String> allowed, StepExecutor steps) {
        return this.bookings.connector(allowed, steps);
    }

    @Override
    protected BlobStore blobs() {
        return this.bookings.blobs();
    }

    @Override
    protected String operation() {
        return Bookings.CHANGE;
    }

    @Override
    protected Map<String, @Nullable Object> args() {
        return Map.of("id", "7", "title", "Retrospective");
    }

    @Override
    protected Object state() {
        return this.bookings.api.state();
    }

    @Override
    protected void changeByHand() {
        this.bookings.api.put(Bookings.COLLECTION, "7", "{\"title\":\"Board meeting\",\"room\":\"Blue\",\"seats\":4}");
    }

    @Override
    protected void loseNextAnswer() {
        // the look before the change is answered
        this.bookings.api.next(new Mishap.None(), new Mishap.AnswerLost());
    }

    @Override
    protected void loseNextRequest() {
        this.bookings.api.next(new Mishap.None(), new Mishap.Dropped());
    }

    @Override
    protected Set<String> secrets() {
        return Set.of(Bookings.TOKEN);
    }
}
