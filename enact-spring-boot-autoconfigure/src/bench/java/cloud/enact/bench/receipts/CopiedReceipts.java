package cloud.enact.bench.receipts;

import cloud.enact.receipt.Receipt;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Brings {@link MadeUpReceipts} into PostgreSQL with {@code COPY}, past the function that appends: into the real tables
 * with their indexes, spread over the partitions of a year as receipts of a year would be.
 */
final class CopiedReceipts {

    private static final Duration YEAR = Duration.ofDays(330);

    private final Instant first;

    private final long count;

    private final CopyIn copy;

    private final HexFormat hex = HexFormat.of();

    private CopiedReceipts(Instant first, long count, CopyIn copy) {
        this.first = first;
        this.count = count;
        this.copy = copy;
    }

    static void into(DataSource source, String log, long count) throws SQLException {
        Instant now = Instant.now();
        Instant first = now.minus(YEAR);
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit = off");
            partitions(connection, first, now);
            // the table takes nothing but what says so
            statement.execute("SET enact.receipt_append = 'on'");
            CopyIn copy = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY enact.receipt_entry (seq, ts, stored, run_id, action_id, original_run_id, log, kind,"
                            + " action, actor, decision, entry) FROM STDIN");
            MadeUpReceipts.make(new CopiedReceipts(first, count, copy)::write, log, count);
            copy.endCopy();
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO enact.receipt_log (log, seq, owner, lease, expires_at)"
                            + " SELECT log, max(seq), 'generator', interval '30 s', clock_timestamp()"
                            + " FROM enact.receipt_entry WHERE log = ? GROUP BY log")) {
                insert.setString(1, log);
                insert.executeUpdate();
            }
        }
    }

    private static void partitions(Connection connection, Instant first, Instant last) throws SQLException {
        try (PreparedStatement add = connection.prepareStatement("SELECT enact.receipt_add_partition(?)")) {
            OffsetDateTime end = last.atOffset(ZoneOffset.UTC);
            for (OffsetDateTime month = first.atOffset(ZoneOffset.UTC).withDayOfMonth(1);
                    !month.isAfter(end);
                    month = month.plusMonths(1)) {
                add.setObject(1, month);
                add.execute();
            }
        }
    }

    private void write(List<Receipt> batch) {
        StringBuilder lines = new StringBuilder(batch.size() * 2600);
        for (Receipt receipt : batch) {
            line(lines, receipt);
        }
        byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
        try {
            this.copy.writeToCopy(bytes, 0, bytes.length);
        } catch (SQLException ex) {
            throw new IllegalStateException("The receipts were not copied", ex);
        }
    }

    private void line(StringBuilder lines, Receipt receipt) {
        // the last run may make a few more than were asked for
        double part = Math.min(1, (double) receipt.seq() / this.count);
        Instant stored = this.first.plusMillis((long) (part * YEAR.toMillis()));
        lines.append(receipt.seq()).append('\t');
        lines.append(ChronoUnit.MICROS.between(Instant.EPOCH, receipt.timestamp()))
                .append('\t');
        lines.append(stored).append('\t');
        lines.append(receipt.runId().value()).append('\t');
        lines.append(receipt.actionId()).append('\t');
        value(lines, (receipt.originalRunId() != null) ? receipt.originalRunId().value() : null);
        lines.append(receipt.log()).append('\t');
        lines.append(receipt.kind()).append('\t');
        value(lines, receipt.action());
        value(lines, receipt.actor());
        value(lines, receipt.decision());
        lines.append("\\\\x");
        this.hex.formatHex(lines, receipt.bytes());
        lines.append('\n');
    }

    /** Nothing that is made up has characters that would have to be escaped. */
    private static void value(StringBuilder lines, Object value) {
        lines.append((value != null) ? value : "\\N").append('\t');
    }
}
