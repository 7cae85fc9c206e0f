package cloud.enact.receipt.export;

import cloud.enact.action.Sha256;
import cloud.enact.receipt.ReceiptFormatException;
import java.util.Base64;

/** What two people compare to know that they have the same public key. */
final class Fingerprint {

    private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";

    private static final String END = "-----END PUBLIC KEY-----";

    private Fingerprint() {}

    /** SHA-256 of the key in DER, as {@code openssl pkey -pubin -outform DER | openssl dgst -sha256} prints it. */
    static String of(String pem) {
        int from = pem.indexOf(BEGIN);
        int to = pem.indexOf(END);
        if (from < 0 || to < from) {
            throw new ReceiptFormatException("A key in the bundle can't be read", null);
        }
        byte[] der = Base64.getMimeDecoder().decode(pem.substring(from + BEGIN.length(), to));
        return Sha256.hex(der);
    }
}
