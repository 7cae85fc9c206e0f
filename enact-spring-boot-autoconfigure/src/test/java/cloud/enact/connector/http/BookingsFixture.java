package cloud.enact.connector.http;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.connector.ConnectorException;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.StepResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A connector for the API of {@link Bookings}. */
abstract class BookingsFixture {

    @TempDir
    private Path directory;

    Bookings bookings;

    HttpConnector connector;

    @BeforeEach
    void start() throws Exception {
        this.bookings = new Bookings(this.directory);
        this.connector = this.bookings.connector();
    }

    @AfterEach
    void stop() {
        this.bookings.close();
    }

    StepResult perform(String operation, Map<String, @Nullable Object> args) {
        return this.connector.perform(operation, args);
    }

    Map<String, @Nullable Object> output(String operation, Map<String, @Nullable Object> args) {
        return perform(operation, args).output();
    }

    void failed(String operation, Map<String, @Nullable Object> args, String message) {
        assertThatExceptionOfType(ConnectorException.class)
                .isThrownBy(() -> perform(operation, args))
                .withMessageContaining(message);
    }

    void inDoubt(String operation, Map<String, @Nullable Object> args) {
        failed(operation, args, "nobody knows yet whether it was done");
    }

    List<Restoration> undoAll() {
        return this.bookings.steps.undoAll(this.connector.undo()).stream()
                .map(StepRestoration::restoration)
                .toList();
    }

    List<Restoration> precheck() {
        return this.bookings.steps.precheck(this.connector.undo());
    }

    StepRestoration undo(boolean force) {
        return this.connector.undo().undo(this.bookings.steps.records().get(0), force);
    }
}
