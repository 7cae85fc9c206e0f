package cloud.enact.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where receipts are kept.
 *
 * @param store Kind of receipt store, unless a ReceiptStore bean is there.
 * @param file File of the embedded store.
 * @param capacity How many receipts the memory store keeps before it refuses.
 * @param jsonDir Directory for a readable JSON copy of each run. No copies by default.
 * @param mask Further argument names whose values are never written.
 * @param fieldLength How many characters of one text a receipt keeps.
 * @param elements How many elements of one list or object a receipt keeps.
 * @param size How large the arguments in one receipt may be.
 * @param timeout How long a call waits for its receipt to be durable.
 * @param jdbc Receipts in PostgreSQL.
 * @param checkpoints Signed heads of the receipt log.
 * @param verification Verification in the background.
 * @param encryption Encryption of what receipts say.
 * @param search Search in the text of receipts.
 */
record ReceiptProperties(
        @DefaultValue("embedded") StoreKind store,
        @DefaultValue("./.enact/enact.db") Path file,
        @DefaultValue("100000") int capacity,
        @Nullable Path jsonDir,
        @DefaultValue List<String> mask,
        @DefaultValue("4096") int fieldLength,
        @DefaultValue("1000") int elements,
        @DefaultValue("64KB") DataSize size,
        @DefaultValue("15s") Duration timeout,
        @DefaultValue @NestedConfigurationProperty JdbcReceiptProperties jdbc,
        @DefaultValue @NestedConfigurationProperty CheckpointProperties checkpoints,
        @DefaultValue @NestedConfigurationProperty VerificationProperties verification,
        @DefaultValue @NestedConfigurationProperty EncryptionProperties encryption,
        @DefaultValue @NestedConfigurationProperty SearchProperties search) {

    /** Kinds of receipt stores. */
    enum StoreKind {
        /** A SQLite file. */
        EMBEDDED,
        /** PostgreSQL. */
        JDBC,
        /** This JVM's memory: lost with it. */
        MEMORY
    }
}
