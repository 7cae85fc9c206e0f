package cloud.enact.cli;

import cloud.enact.encryption.KeyRing;
import cloud.enact.encryption.MasterKey;
import cloud.enact.encryption.MasterKeys;
import cloud.enact.encryption.Subjects;
import cloud.enact.encryption.sqlite.SqliteKeyTable;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.ReceiptContents;
import cloud.enact.receipt.ReceiptSealer;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.undo.UndoEncryption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys of what an application encrypted: those of a file, or none. What is written then is encrypted as well. */
final class CliKeys implements AutoCloseable {

    private final @Nullable SqliteKeyTable table;

    private final @Nullable KeyRing ring;

    private CliKeys(@Nullable SqliteKeyTable table, @Nullable KeyRing ring) {
        this.table = table;
        this.ring = ring;
    }

    /** Keys to read with; without a master key what is encrypted stays so. */
    static CliKeys toRead(StoreOptions options) {
        @Nullable String master = options.masterKey();
        Path file = options.dataKeys();
        if (master == null || !Files.isRegularFile(file)) {
            return new CliKeys(null, null);
        }
        List<MasterKey> former = new ArrayList<>();
        options.formerMasterKeys().forEach(key -> former.add(MasterKey.aes256(key)));
        MasterKeys masters = MasterKeys.of(MasterKey.aes256(master), former);
        SqliteKeyTable table = SqliteKeyTable.open(file);
        return new CliKeys(table, new KeyRing(table, masters, Clock.systemUTC()));
    }

    /** Keys to write with: where an application has data keys, nothing is written that it would encrypt. */
    static CliKeys toWrite(StoreOptions options) {
        CliKeys keys = toRead(options);
        if (keys.ring == null && Files.isRegularFile(options.dataKeys())) {
            throw new CommandException("What the application writes is encrypted; set the environment variable "
                    + options.masterKeyVariable() + " to its master key");
        }
        return keys;
    }

    /** Keys without which nothing can be done. */
    static CliKeys required(StoreOptions options) {
        CliKeys keys = toWrite(options);
        if (keys.ring == null) {
            throw new CommandException("There is no file of data keys, " + options.dataKeys()
                    + ", so nothing is encrypted; name it with --data-keys");
        }
        keys.ring.check();
        return keys;
    }

    KeyRing ring() {
        if (this.ring == null) {
            throw new IllegalStateException("There are no keys");
        }
        return this.ring;
    }

    ReceiptContents contents() {
        return (this.ring != null) ? ReceiptContents.of(this.ring) : ReceiptContents.withoutKeys();
    }

    Masking masking(ReceiptStore store) {
        Masking masking = Masking.defaults();
        return (this.ring != null)
                ? masking.sealedBy(new ReceiptSealer(this.ring, Subjects.actors(), () -> store))
                : masking;
    }

    @Nullable
    UndoEncryption undo() {
        return (this.ring != null) ? new UndoEncryption(this.ring, Subjects.actors(), true) : null;
    }

    @Nullable
    KeyRing ringOrNull() {
        return this.ring;
    }

    @Override
    public void close() {
        if (this.table != null) {
            this.table.close();
        }
    }
}
