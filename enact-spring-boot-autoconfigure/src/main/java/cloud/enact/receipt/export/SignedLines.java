package cloud.enact.receipt.export;

import cloud.enact.receipt.Receipt;
import java.util.Arrays;

/** The exact bytes of a receipt per line: canonical JSON has no line breaks. */
final class SignedLines implements LineFormat {

    @Override
    public byte[] line(Receipt receipt) {
        byte[] bytes = receipt.bytes();
        if (receipt.damage() != null) {
            // an entry stays one line, whatever was made of it
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (bytes[i] == '\n') ? (byte) ' ' : bytes[i];
            }
        }
        byte[] line = Arrays.copyOf(bytes, bytes.length + 1);
        line[bytes.length] = '\n';
        return line;
    }
}
