package cloud.enact.autoconfigure;

import cloud.enact.receipt.CheckpointSigner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Signed heads of the receipt log.
 *
 * @param entries After how many receipts the next one is due.
 * @param interval After how long the next one is due when receipts were written since.
 * @param name Name of the key that signs them, such as a domain and a path: what others know this application by.
 * @param privateKey Ed25519 private key in PEM, or the location of a PEM file. Derived from the signing key when not set.
 * @param privateKeyFile File with the Ed25519 private key in PEM.
 * @param verificationKeys Keys that signed them before, each as a verifier key: name, id and key with plus signs between.
 * @param sinks Places outside the receipt store that remember them.
 */
record CheckpointProperties(
        @DefaultValue("10000") int entries,
        @DefaultValue("10s") Duration interval,
        @DefaultValue(CheckpointSigner.DEFAULT_NAME) String name,
        @Nullable String privateKey,
        @Nullable Path privateKeyFile,
        @DefaultValue List<String> verificationKeys,
        @DefaultValue @NestedConfigurationProperty CheckpointSinkProperties sinks) {

    @Override
    public String toString() {
        return "CheckpointProperties[" + this.name + "]";
    }
}
