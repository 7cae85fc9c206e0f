package cloud.enact.undo.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.undo.HmacUndoSeal;
import cloud.enact.undo.IdempotencyKeys;
import cloud.enact.undo.IdempotencyKeysContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteIdempotencyKeysTests extends IdempotencyKeysContract {

    @TempDir
    Path directory;

    private final List<SqliteIdempotencyKeys> opened = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        this.opened.forEach(SqliteIdempotencyKeys::close);
    }

    @Override
    protected IdempotencyKeys keys() {
        SqliteIdempotencyKeys keys = SqliteIdempotencyKeys.open(file());
        this.opened.add(keys);
        return keys;
    }

    @Test
    void theFileMayBeThatOfTheUndoLog() {
        keys().take("email", "a", "digest", "one");

        SqliteUndoLog.open(file(), new HmacUndoSeal("one")).close();

        assertThat(keys().find("email", "a")).isPresent();
    }

    @Test
    void theFileHoldsNoKeyInClear() throws IOException {
        keys().take("email", "ann-needs-a-doctor", "digest", "one");
        close();

        for (Path file : List.of(file(), this.directory.resolve("enact.db-wal"))) {
            if (Files.exists(file)) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain("ann-needs-a-doctor");
            }
        }
    }

    private Path file() {
        return this.directory.resolve("enact.db");
    }
}
