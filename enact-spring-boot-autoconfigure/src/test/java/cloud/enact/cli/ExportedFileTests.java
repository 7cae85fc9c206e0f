package cloud.enact.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.export.ExportFormat;
import cloud.enact.receipt.export.ReceiptExport;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportedFileTests {

    @TempDir
    private Path folder;

    @Test
    void anEntryAtTheLastPossiblePlaceEndsTheExport() throws Exception {
        try (Workshop workshop = new Workshop(this.folder)) {
            workshop.publishes("mail.send");
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + workshop.file);
                    Statement statement = connection.createStatement()) {
                statement.execute("INSERT INTO receipt_entry SELECT 99, log, 9223372036854775807, kind, run_id,"
                        + " action_id, ts, action, system, workflow, actor, decision, mode, original_run_id, entry FROM receipt_entry"
                        + " WHERE seq = 1");
            }

            Limited out = new Limited();
            try (SqliteReceiptStore store = SqliteReceiptStore.openReadOnly(workshop.file)) {
                assertThat(new ReceiptExport(store)
                                .write(ReceiptFilter.all(), ExportFormat.NDJSON, out)
                                .damaged())
                        .isEqualTo(1);
            }

            assertThat(out.toString().lines()).hasSize(3);
        }
    }

    private static final class Limited extends ByteArrayOutputStream {

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            if (size() > 1_000_000) {
                throw new IllegalStateException("It never ends");
            }
            super.write(bytes, offset, length);
        }
    }
}
