package cloud.enact.bench.receipts;

import cloud.enact.bench.durable.ReceiptServer;
import cloud.enact.receipt.CheckpointKeys;
import cloud.enact.receipt.CheckpointOptions;
import cloud.enact.receipt.CheckpointSigner;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptLogOptions;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.jdbc.JdbcReceiptOptions;
import cloud.enact.receipt.jdbc.JdbcReceiptStore;
import cloud.enact.receipt.jdbc.ReceiptSchema;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.util.FileSystemUtils;

/** Stores full of {@link MadeUpReceipts}. What an earlier call left in the folder is used again. */
public final class GeneratedStores {

    /** Id of the log in each of them. */
    public static final String LOG = "018f0000-0000-7000-8000-000000000001";

    private GeneratedStores() {}

    /** Keys that verify the log. */
    public static ReceiptKeys keys() {
        return ReceiptKeys.of(ReceiptSigner.hs256(MadeUpReceipts.SECRET));
    }

    /** The file of an embedded store, with a checkpoint as an application leaves it when it ends. */
    public static Path embedded(Path folder, long count) throws IOException {
        Path file = Files.createDirectories(folder).resolve("receipts-" + count + ".db");
        Path made = folder.resolve("receipts-" + count + ".made");
        if (!Files.exists(made)) {
            Files.deleteIfExists(file);
            long start = System.nanoTime();
            try (SqliteReceiptStore store = SqliteReceiptStore.open(file)) {
                MadeUpReceipts.append(store, LOG, count);
                checkpoint(store);
            }
            Files.createFile(made);
            said(count, start);
        }
        return file;
    }

    /** A server with a store in it; the caller closes it. */
    public static ReceiptServer postgres(Path folder, long count) throws IOException, SQLException {
        Path data = Files.createDirectories(folder).resolve("postgres-" + count);
        Path made = folder.resolve("postgres-" + count + ".made");
        if (!Files.exists(made)) {
            FileSystemUtils.deleteRecursively(data);
        }
        ReceiptServer server = ReceiptServer.start(data, false);
        try {
            if (!Files.exists(made)) {
                long start = System.nanoTime();
                JdbcReceiptOptions options = JdbcReceiptOptions.defaults();
                ReceiptSchema.initialize(server.source(), options);
                CopiedReceipts.into(server.source(), LOG, count);
                try (JdbcReceiptStore store = JdbcReceiptStore.open(server.source(), options)) {
                    checkpoint(store);
                }
                server.run("VACUUM ANALYZE", "CHECKPOINT");
                Files.createFile(made);
                said(count, start);
            }
            return server;
        } catch (IOException | SQLException | RuntimeException ex) {
            server.close();
            throw ex;
        }
    }

    private static void checkpoint(ReceiptStore store) {
        CheckpointSigner signer = CheckpointSigner.derivedFrom(CheckpointSigner.DEFAULT_NAME, keys().signer());
        ReceiptLog.groupCommit(
                        LOG,
                        store,
                        keys(),
                        Masking.defaults(),
                        ReceiptLogOptions.defaults(),
                        new CheckpointOptions(
                                signer,
                                CheckpointKeys.of(List.of(signer.key())),
                                List.of(),
                                10_000,
                                Duration.ofSeconds(10),
                                Duration.ofHours(1)),
                        Clock.systemUTC())
                .close();
    }

    private static void said(long count, long start) {
        System.out.printf(Locale.ROOT, "# made %,d receipts in %.0f s%n", count, (System.nanoTime() - start) / 1e9);
    }
}
