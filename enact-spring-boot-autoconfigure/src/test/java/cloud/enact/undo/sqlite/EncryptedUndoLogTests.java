package cloud.enact.undo.sqlite;

import cloud.enact.undo.DocumentUndoLog;
import cloud.enact.undo.EncryptedUndoLogContract;
import cloud.enact.undo.HmacUndoSeal;
import cloud.enact.undo.UndoEncryption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

class EncryptedUndoLogTests extends EncryptedUndoLogContract {

    @TempDir
    private Path folder;

    @Override
    protected DocumentUndoLog open(@Nullable UndoEncryption encryption) {
        return SqliteUndoLog.open(this.folder.resolve("undo.db"), new HmacUndoSeal("one"), encryption);
    }

    @Override
    protected String stored() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(this.folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }
}
