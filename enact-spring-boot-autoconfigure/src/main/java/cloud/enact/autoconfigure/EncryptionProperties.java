package cloud.enact.autoconfigure;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Encryption of what receipts say.
 *
 * @param enabled Whether arguments, outputs and captured state are encrypted before they are kept.
 */
record EncryptionProperties(@DefaultValue("false") boolean enabled) {}
