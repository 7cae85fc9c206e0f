package cloud.enact.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Ed25519Tests {

    /** Order of the base point, RFC 8032 section 5.1. */
    private static final BigInteger ORDER =
            BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));

    static Stream<Ed25519> implementations() {
        return Stream.of(Ed25519.ofJvm(), Ed25519.fastest());
    }

    private static boolean isBouncyCastleThere() {
        return Ed25519.fastest().toString().equals("BC");
    }

    @Test
    void anApplicationThatHasBouncyCastleSignsWithIt() {
        assumeThat(Ed25519Tests.class
                        .getClassLoader()
                        .getResource("org/bouncycastle/jce/provider/BouncyCastleProvider.class"))
                .as("BouncyCastle on the class path")
                .isNotNull();

        assertThat(isBouncyCastleThere()).isTrue();
        assertThat(java.security.Security.getProvider("BC"))
                .as("registered for everybody")
                .isNull();
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void signaturesAreThoseOfRfc8032(Ed25519 ed25519) {
        // section 7.1, test 2
        String seed = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";
        byte[] pkcs8 = HexFormat.of().parseHex("302e020100300506032b657004220420" + seed);
        ReceiptSigner signer = Ed25519Signer.of(
                null,
                "-----BEGIN PRIVATE KEY-----" + java.util.Base64.getEncoder().encodeToString(pkcs8)
                        + "-----END PRIVATE KEY-----",
                ed25519);

        assertThat(HexFormat.of().formatHex(signer.sign(new byte[] {0x72})))
                .isEqualTo("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
        assertThat(HexFormat.of().formatHex(signer.verificationKey().publicKey()))
                .endsWith("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    }

    @Test
    void bothMakeTheSameBytesAndAcceptThem() {
        assumeThat(isBouncyCastleThere()).as("BouncyCastle").isTrue();
        ReceiptSigner slow = Ed25519Signer.of(null, TestKeys.PRIVATE, Ed25519.ofJvm());
        ReceiptSigner fast = Ed25519Signer.of(null, TestKeys.PRIVATE, Ed25519.fastest());
        SecureRandom random = new SecureRandom();

        for (int length : new int[] {0, 1, 63, 64, 65, 1000, 20_000}) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            byte[] signature = fast.sign(bytes);
            assertThat(signature).isEqualTo(slow.sign(bytes));
            assertThat(slow.verificationKey().verify(bytes, signature)).isTrue();
            assertThat(fast.verificationKey().verify(bytes, signature)).isTrue();
        }
        assertThat(fast.kid()).isEqualTo(slow.kid());
        assertThat(fast.derive("enact/payload/v1")).isEqualTo(slow.derive("enact/payload/v1"));
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void whatWasNotSignedIsRefused(Ed25519 ed25519) {
        ReceiptSigner signer = Ed25519Signer.of(null, TestKeys.PRIVATE, ed25519);
        byte[] bytes = "what is signed".getBytes(StandardCharsets.UTF_8);
        byte[] signature = signer.sign(bytes);
        ReceiptVerificationKey key = signer.verificationKey();

        for (int i = 0; i < signature.length; i++) {
            byte[] altered = signature.clone();
            altered[i] ^= 1;
            assertThat(key.verify(bytes, altered)).as("byte %d altered", i).isFalse();
        }
        for (byte[] other : List.of(
                new byte[0],
                Arrays.copyOf(signature, 63),
                Arrays.copyOf(signature, 65),
                new byte[64],
                HexFormat.of().parseHex("ff".repeat(64)),
                malleated(signature))) {
            assertThat(key.verify(bytes, other)).isFalse();
        }
        assertThat(key.verify(new byte[0], signature)).isFalse();
    }

    /** The same signature with the order added to its scalar: who accepts it lets receipts be altered unnoticed. */
    private static byte[] malleated(byte[] signature) {
        byte[] scalar = reversed(Arrays.copyOfRange(signature, 32, 64));
        byte[] sum = new BigInteger(1, scalar).add(ORDER).toByteArray();
        byte[] padded = new byte[32];
        System.arraycopy(
                sum, Math.max(0, sum.length - 32), padded, 32 - Math.min(32, sum.length), Math.min(32, sum.length));
        byte[] result = signature.clone();
        System.arraycopy(reversed(padded), 0, result, 32, 32);
        return result;
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] result = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            result[i] = bytes[bytes.length - 1 - i];
        }
        return result;
    }
}
