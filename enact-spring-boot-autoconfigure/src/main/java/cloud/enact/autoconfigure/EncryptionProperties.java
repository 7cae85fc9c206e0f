package cloud.enact.autoconfigure;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Encryption of what receipts say.
 *
 * @param enabled Whether arguments, outputs and captured state are encrypted before they are kept.
 * @param key Master key: base64 of 32 bytes. Taken from the ENACT_ENCRYPTION_KEY environment variable when no key is set.
 * @param keyFile File with the master key.
 * @param previousKeys Former master keys, so that what they protect can be read.
 * @param previousKeyFiles Files with former master keys.
 * @param dataKeysFile File with the wrapped data keys. By default beside the file of the embedded store; with the jdbc store a table.
 */
record EncryptionProperties(
        @DefaultValue("false") boolean enabled,
        @Nullable String key,
        @Nullable Path keyFile,
        @DefaultValue List<String> previousKeys,
        @DefaultValue List<Path> previousKeyFiles,
        @Nullable Path dataKeysFile) {

    @Override
    public String toString() {
        return "EncryptionProperties[***]";
    }
}
