package cloud.enact.autoconfigure;

import cloud.enact.encryption.MasterKey;
import cloud.enact.encryption.MasterKeys;
import cloud.enact.gate.EnactStartupException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.StringUtils;

/** Turns {@code enact.receipts.encryption} into master keys. */
final class EncryptionKeys {

    /** Environment variable that holds the master key when no property does. */
    static final String VARIABLE = "ENACT_ENCRYPTION_KEY";

    private static final String PREFIX = "enact.receipts.encryption.";

    private final EncryptionProperties properties;

    private final KeyTexts texts;

    EncryptionKeys(EncryptionProperties properties, ResourceLoader resources) {
        this.properties = properties;
        this.texts = new KeyTexts(resources);
    }

    /**
     * All master keys.
     *
     * @param services keys of key management services, the current one first; empty for those that are configured
     */
    MasterKeys keys(List<MasterKey> services, Environment environment) {
        List<MasterKey> keys = new ArrayList<>(services);
        MasterKey configured = configured(environment);
        if (configured != null) {
            keys.add(configured);
        }
        if (keys.isEmpty()) {
            throw new EnactStartupException(
                    "What receipts say is to be encrypted, and there is no master key.",
                    "Set the environment variable " + VARIABLE + " (or " + PREFIX
                            + "key) to the output of: openssl rand" + " -base64 32\nor add a MasterKey bean.");
        }
        for (int i = 0; i < this.properties.previousKeys().size(); i++) {
            String property = PREFIX + "previous-keys[" + i + "]";
            keys.add(key(
                    property,
                    KeyTexts.text(property, this.properties.previousKeys().get(i))));
        }
        for (int i = 0; i < this.properties.previousKeyFiles().size(); i++) {
            String property = PREFIX + "previous-key-files[" + i + "]";
            keys.add(key(
                    property,
                    this.texts.file(property, this.properties.previousKeyFiles().get(i))));
        }
        try {
            return MasterKeys.of(keys.get(0), keys.subList(1, keys.size()));
        } catch (IllegalArgumentException ex) {
            throw new EnactStartupException(
                    "The master keys can't be used: " + ex.getMessage() + ".",
                    "Check " + PREFIX + "key and " + PREFIX + "previous-keys: each key belongs there once.",
                    ex);
        }
    }

    private @Nullable MasterKey configured(Environment environment) {
        Map<String, String> given = new LinkedHashMap<>();
        if (KeyTexts.isSet(this.properties.key())) {
            given.put(PREFIX + "key", KeyTexts.text(PREFIX + "key", String.valueOf(this.properties.key())));
        }
        Path file = this.properties.keyFile();
        if (file != null && KeyTexts.isSet(file)) {
            given.put(PREFIX + "key-file", this.texts.file(PREFIX + "key-file", file));
        }
        String variable = environment.getProperty(VARIABLE);
        if (given.isEmpty() && StringUtils.hasText(variable)) {
            given.put(VARIABLE, variable);
        }
        if (given.size() > 1) {
            throw new EnactStartupException(
                    String.join(" and ", given.keySet()) + " are set, and only one of them can count.",
                    "Remove one. A key that was used before belongs in " + PREFIX + "previous-keys.");
        }
        return given.entrySet().stream()
                .findFirst()
                .map(only -> key(only.getKey(), only.getValue()))
                .orElse(null);
    }

    private static MasterKey key(String property, String value) {
        try {
            return MasterKey.aes256(value);
        } catch (IllegalArgumentException ex) {
            throw new EnactStartupException(
                    property + " can't be used as a master key.",
                    "Set it to base64 of 32 random bytes, such as the output of: openssl rand -base64 32",
                    ex);
        }
    }
}
