package cloud.enact.receipt.export;

import cloud.enact.receipt.ReceiptFormatException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A line of the proofs in a bundle.
 *
 * @param log log of the receipt that it is about
 * @param seq its place
 * @param proof the proof
 */
record ProofLine(String log, long seq, TlogProof proof) {

    private static final int MAX_LINE = 256 * 1024;

    // of two members of one name another reader may take the other one
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /**
     * Reads a line.
     *
     * @throws ReceiptFormatException when it is no such line; it is not echoed
     */
    static ProofLine parse(byte[] line) {
        if (line.length > MAX_LINE) {
            throw malformed(null);
        }
        try {
            JsonNode node = JSON.readTree(line);
            JsonNode log = node.path("log");
            JsonNode seq = node.path("seq");
            JsonNode proof = node.path("proof");
            if (node.size() == 3 && log.isString() && seq.canConvertToLong() && proof.isString()) {
                return new ProofLine(log.asString(), seq.longValue(), TlogProof.parse(proof.asString()));
            }
        } catch (JacksonException ex) {
            throw malformed(ex);
        }
        throw malformed(null);
    }

    private static ReceiptFormatException malformed(@Nullable Exception cause) {
        return new ReceiptFormatException("A line of the inclusion proofs can't be read", cause);
    }

    byte[] write(JsonText json) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("log", this.log);
        line.put("seq", this.seq);
        line.put("proof", this.proof.toString());
        return (json.write(line) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
