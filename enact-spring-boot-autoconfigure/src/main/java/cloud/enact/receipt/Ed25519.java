package cloud.enact.receipt;

import java.lang.reflect.InvocationTargetException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Who computes Ed25519 signatures (RFC 8032): BouncyCastle where an application has it, which is some fifteen times
 * faster, else the JVM. Their bytes are the same. Immutable, thread-safe.
 */
final class Ed25519 {

    private static final String ALGORITHM = "Ed25519";

    private static final String FAST = "org.bouncycastle.jce.provider.BouncyCastleProvider";

    private final @Nullable Provider provider;

    Ed25519(@Nullable Provider provider) {
        this.provider = provider;
    }

    /** The one of the JVM. */
    static Ed25519 ofJvm() {
        return new Ed25519(null);
    }

    /** The fastest there is. */
    static Ed25519 fastest() {
        return Fastest.INSTANCE;
    }

    /** Looked for once, and only by applications that sign so: making the provider takes a moment. */
    private static final class Fastest {

        private static final Ed25519 INSTANCE = new Ed25519(find());

        private static @Nullable Provider find() {
            Provider registered = Security.getProvider("BC");
            Provider provider = (registered != null) ? registered : make();
            return (provider != null && provider.getService("Signature", ALGORITHM) != null) ? provider : null;
        }

        private static @Nullable Provider make() {
            try {
                return (Provider) Class.forName(FAST).getDeclaredConstructor().newInstance();
            } catch (ClassNotFoundException
                    | NoSuchMethodException
                    | InstantiationException
                    | IllegalAccessException
                    | InvocationTargetException
                    | LinkageError ex) {
                // it is not there, or not as it should be: the JVM does the same, in more time
                return null;
            }
        }
    }

    PrivateKey own(PrivateKey key) {
        return own(key, factory -> factory.generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded())));
    }

    PublicKey own(PublicKey key) {
        return own(key, factory -> factory.generatePublic(new X509EncodedKeySpec(key.getEncoded())));
    }

    private <K extends Key> K own(K key, Translation<K> translation) {
        if (this.provider == null) {
            return key;
        }
        try {
            return translation.apply(KeyFactory.getInstance(ALGORITHM, this.provider));
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException(this.provider.getName() + " can't use the Ed25519 key", ex);
        }
    }

    @FunctionalInterface
    private interface Translation<K extends Key> {

        K apply(KeyFactory factory) throws GeneralSecurityException;
    }

    /**
     * Signs.
     *
     * @param key one that {@link #own(PrivateKey)} returned
     */
    byte[] sign(PrivateKey key, byte[] bytes) {
        try {
            Signature signer = signature();
            signer.initSign(key);
            signer.update(bytes);
            return signer.sign();
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException("This JVM can't sign with the Ed25519 key", ex);
        }
    }

    /**
     * Verifies.
     *
     * @param key one that {@link #own(PublicKey)} returned
     */
    boolean verify(PublicKey key, byte[] bytes, byte[] signature) {
        try {
            Signature verifier = signature();
            verifier.initVerify(key);
            verifier.update(bytes);
            return verifier.verify(signature);
        } catch (SignatureException ex) {
            // thrown for a signature of the wrong length or with a point off the curve: not ours, so not valid
            return false;
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException("This JVM can't verify Ed25519 signatures", ex);
        }
    }

    private Signature signature() throws GeneralSecurityException {
        return (this.provider != null)
                ? Signature.getInstance(ALGORITHM, this.provider)
                : Signature.getInstance(ALGORITHM);
    }

    /** Name of whoever computes. */
    @Override
    public String toString() {
        return (this.provider != null) ? this.provider.getName() : "JVM";
    }
}
