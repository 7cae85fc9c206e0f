package cloud.enact.receipt;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 (RFC 2104) under one key, and keys derived from it by HKDF (RFC 5869). Thread-safe. */
final class HmacKey {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /** Cloned for each use: looking a provider up and reading the key again costs more than a short MAC. */
    private final Mac template;

    HmacKey(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
        this.template = fresh(this.key);
    }

    private HmacKey(SecretKeySpec key, Mac template) {
        this.key = key;
        this.template = template;
    }

    private static Mac fresh(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException("This JVM has no HMAC-SHA-256, which receipts need", ex);
        }
    }

    private Mac mac() {
        try {
            return (Mac) this.template.clone();
        } catch (CloneNotSupportedException ex) {
            return fresh(this.key);
        }
    }

    byte[] mac(byte[] bytes) {
        return mac(bytes, 0, bytes.length);
    }

    byte[] mac(byte[] bytes, int start, int length) {
        Mac mac = mac();
        mac.update(bytes, start, length);
        return mac.doFinal();
    }

    /** A key that is as good as unrelated to this one. */
    HmacKey with(byte[] key) {
        try {
            Mac mac = mac();
            SecretKeySpec spec = new SecretKeySpec(key, ALGORITHM);
            mac.init(spec);
            return new HmacKey(spec, mac);
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException("HMAC-SHA-256 refuses a derived key", ex);
        }
    }

    /** The extract step of RFC 5869: turns a secret of any shape into a pseudo-random key to expand. */
    static HmacKey extract(String salt, byte[] secret) {
        return new HmacKey(new HmacKey(salt.getBytes(StandardCharsets.UTF_8)).mac(secret));
    }

    /** The first block of the expand step of RFC 5869: 32 bytes for a purpose. */
    byte[] expand(byte[] info) {
        byte[] block = Arrays.copyOf(info, info.length + 1);
        block[info.length] = 1;
        return mac(block);
    }

    byte[] expand(String info) {
        return expand(info.getBytes(StandardCharsets.UTF_8));
    }
}
