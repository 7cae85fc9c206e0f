package cloud.enact.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import cloud.enact.undo.UndoSeal;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptKeysTests {

    private static final byte[] BYTES = "what is signed".getBytes(StandardCharsets.UTF_8);

    private static final String OLD = "the secret of last year, 32 characters";

    private final KeyPair pair = pair();

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static String pem(String label, byte[] encoded) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(encoded) + "\n-----END "
                + label + "-----\n";
    }

    @Test
    void anEd25519SignatureHasExactly64Bytes() {
        ReceiptSigner signer =
                ReceiptSigner.ed25519(pem("PRIVATE KEY", this.pair.getPrivate().getEncoded()));
        byte[] signature = signer.sign(BYTES);

        assertThat(signer.verificationKey().verify(BYTES, signature)).isTrue();
        assertThat(signer.verificationKey().verify(BYTES, Arrays.copyOf(signature, 63)))
                .isFalse();
        assertThat(signer.verificationKey().verify(BYTES, Arrays.copyOf(signature, 65)))
                .isFalse();
    }

    @Test
    void hmacIsThatOfRfc4231() {
        byte[] key = new byte[20];
        Arrays.fill(key, (byte) 0x0b);

        assertThat(HexFormat.of().formatHex(new HmacKey(key).mac("Hi There".getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    }

    @Test
    void keysAreDerivedAsInRfc5869() {
        byte[] secret = new byte[22];
        Arrays.fill(secret, (byte) 0x0b);
        String salt = new String(HexFormat.of().parseHex("000102030405060708090a0b0c"), StandardCharsets.US_ASCII);

        byte[] key = HmacKey.extract(salt, secret).expand(HexFormat.of().parseHex("f0f1f2f3f4f5f6f7f8f9"));

        // the first 32 bytes of test case 1
        assertThat(HexFormat.of().formatHex(key))
                .isEqualTo("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf");
    }

    @Test
    void aSecretThatIsTooShortIsRefusedAndNotEchoed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReceiptSigner.hs256("0123456789012345678901234567890"))
                .withMessageContaining("31 characters")
                .withMessageContaining("32")
                .withMessageNotContaining("0123456789");
    }

    @Test
    void whatOthersKnowIsNoSecret() {
        for (String pem : List.of(TestKeys.PUBLIC, "x" + TestKeys.PRIVATE)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ReceiptSigner.hs256(pem))
                    .withMessageContaining("which is no secret to share")
                    .withMessageNotContaining("MC");
        }
    }

    @Test
    void theIdOfASecretIsStableAndDiffersFromAnother() {
        String kid = ReceiptSigner.hs256(Drafts.SECRET).kid();

        assertThat(kid)
                .matches("[0-9a-f]{16}")
                .isEqualTo(ReceiptSigner.hs256(Drafts.SECRET).kid());
        assertThat(ReceiptSigner.hs256(OLD).kid()).isNotEqualTo(kid);
        assertThat(ReceiptSigner.hs256("2026", Drafts.SECRET).kid()).isEqualTo("2026");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a:b", "a b", "ä", "../x\n"})
    void anIdThatCouldBeMisreadIsRefused(String kid) {
        assertThatIllegalArgumentException().isThrownBy(() -> ReceiptSigner.hs256(kid, Drafts.SECRET));
    }

    @Test
    void anEd25519SignatureIsCheckedWithThePublicKeyAlone() {
        ReceiptSigner signer =
                ReceiptSigner.ed25519(pem("PRIVATE KEY", this.pair.getPrivate().getEncoded()));
        ReceiptVerificationKey key = ReceiptVerificationKey.ed25519(
                pem("PUBLIC KEY", this.pair.getPublic().getEncoded()));

        byte[] signature = signer.sign(BYTES);

        assertThat(key.kid()).isEqualTo(signer.kid()).matches("[0-9a-f]{16}");
        assertThat(key.verify(BYTES, signature)).isTrue();
        assertThat(key.verify(OLD.getBytes(StandardCharsets.UTF_8), signature)).isFalse();
        assertThat(key.verify(BYTES, new byte[64])).isFalse();
        assertThat(key.verify(BYTES, new byte[3])).isFalse();
    }

    @Test
    void aLogSignedWithEd25519VerifiesWithThePublicKey() {
        ReceiptSigner signer = ReceiptSigner.ed25519(
                "audit", pem("PRIVATE KEY", this.pair.getPrivate().getEncoded()));
        ReceiptStore store = ReceiptStore.inMemory(10);
        ReceiptLog log = ReceiptLog.direct("test", store, signer, Masking.defaults(), Drafts.CLOCK);
        log.append(Drafts.decided(Drafts.run()));
        log.append(Drafts.decided(Drafts.run()));

        ReceiptKeys keys = ReceiptKeys.forVerification(List.of(ReceiptVerificationKey.ed25519(
                "audit", pem("PUBLIC KEY", this.pair.getPublic().getEncoded()))));

        assertThat(new ReceiptVerifier(store, keys).verifyAll())
                .returns(true, Verification::valid)
                .returns(2L, Verification::checked);
        assertThatIllegalStateException().isThrownBy(keys::signer);
        assertThatIllegalStateException().isThrownBy(keys::undoSeal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret text",
                "-----BEGIN PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\n!!\n-----END PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----"
            })
    void textThatIsNoKeyIsRefusedAndNotEchoed(String pem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReceiptSigner.ed25519(pem))
                .withMessageContaining("openssl")
                .withMessageNotContaining("secret text")
                .withMessageNotContaining("c2VjcmV0");
    }

    @Test
    void theAlgorithmOfTheKeyHoldsWhateverTheEntrySays() {
        ReceiptSigner signer = ReceiptSigner.hs256(Drafts.SECRET);
        ReceiptKeys keys = ReceiptKeys.of(signer);
        byte[] signature = signer.sign(BYTES);

        assertThat(keys.check(signer.kid(), "HS256", BYTES, signature)).isEqualTo(SignatureState.VALID);
        assertThat(keys.check(signer.kid(), "EdDSA", BYTES, signature)).isEqualTo(SignatureState.BAD_SIGNATURE);
        assertThat(keys.check(signer.kid(), "none", BYTES, new byte[0])).isEqualTo(SignatureState.BAD_SIGNATURE);
        assertThat(keys.check("other", "HS256", BYTES, signature)).isEqualTo(SignatureState.UNKNOWN_KEY);
    }

    @Test
    void twoKeysWithOneIdAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReceiptKeys.of(
                        ReceiptSigner.hs256("a", Drafts.SECRET), List.of(ReceiptSigner.hs256("a", OLD)), List.of()))
                .withMessageContaining("'a'");
    }

    @Test
    void aSealFitsItsBytesAndNothingElse() {
        ReceiptSigner signer = ReceiptSigner.hs256(Drafts.SECRET);
        UndoSeal seal = ReceiptKeys.of(signer).undoSeal();

        String tag = seal.seal(BYTES);

        assertThat(tag).startsWith(signer.kid() + ":");
        assertThat(seal.verify(BYTES, tag)).isTrue();
        assertThat(seal.verify(OLD.getBytes(StandardCharsets.UTF_8), tag)).isFalse();
        assertThat(seal.verify(BYTES, tag + "A")).isFalse();
        assertThat(seal.verify(BYTES, tag.substring(0, tag.length() - 1))).isFalse();
        assertThat(seal.verify(BYTES, tag.substring(tag.indexOf(':')))).isFalse();
        assertThat(seal.verify(BYTES, "")).isFalse();
        assertThat(seal.verify(BYTES, ":")).isFalse();
        assertThat(seal.verify(BYTES, "unknown:AAAA")).isFalse();
    }

    @Test
    void aSignatureIsNoSeal() {
        ReceiptSigner signer = ReceiptSigner.hs256(Drafts.SECRET);
        String signature = Base64.getUrlEncoder().withoutPadding().encodeToString(signer.sign(BYTES));

        assertThat(ReceiptKeys.of(signer).undoSeal().verify(BYTES, signer.kid() + ":" + signature))
                .isFalse();
    }

    @Test
    void aSealOfAFormerKeyStaysValid() {
        String tag = ReceiptKeys.of(ReceiptSigner.hs256(OLD)).undoSeal().seal(BYTES);

        ReceiptKeys rotated =
                ReceiptKeys.of(ReceiptSigner.hs256(Drafts.SECRET), List.of(ReceiptSigner.hs256(OLD)), List.of());

        assertThat(rotated.undoSeal().verify(BYTES, tag)).isTrue();
        assertThat(rotated.undoSeal().seal(BYTES)).isNotEqualTo(tag);
    }
}
