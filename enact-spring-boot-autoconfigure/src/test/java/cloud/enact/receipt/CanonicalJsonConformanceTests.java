package cloud.enact.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** RFC 8785 and independent implementations of it agree with ours. */
class CanonicalJsonConformanceTests {

    private final JsonMapper json = new JsonMapper();

    @TestFactory
    Stream<DynamicTest> rfc8785Vectors() throws IOException {
        Path folder = ConformanceData.folder("jcs").resolve("rfc8785");
        try (Stream<Path> inputs = Files.list(folder.resolve("input"))) {
            List<Path> files = inputs.sorted().toList();
            assertThat(files).hasSize(6);
            return files.stream()
                    .map(input -> dynamicTest(input.getFileName().toString(), () -> {
                        byte[] expected =
                                Files.readAllBytes(folder.resolve("output").resolve(input.getFileName()));

                        byte[] canonical = CanonicalJson.write(value(this.json.readTree(Files.readAllBytes(input))));

                        assertThat(canonical).isEqualTo(expected);
                        assertThat(CanonicalJson.write(CanonicalJson.parse(expected)))
                                .isEqualTo(expected);
                    }));
        }
    }

    @Test
    void tenThousandNumbersAreWrittenAsEcmaScriptDoes() throws IOException {
        List<String> lines = Files.readAllLines(ConformanceData.folder("jcs").resolve("es6-numbers-10000.txt"));

        assertThat(lines).hasSize(10_000).allSatisfy(line -> {
            String[] parts = line.split(",");
            double number = Double.longBitsToDouble(Long.parseUnsignedLong(parts[0], 16));
            assertThat(Es6Number.format(number)).isEqualTo(parts[1]);
            assertThat(((Number) CanonicalJson.parse(parts[1].getBytes(StandardCharsets.UTF_8))).doubleValue())
                    .isEqualTo(number == 0 ? 0.0 : number);
        });
    }

    @TestFactory
    Stream<DynamicTest> independentCanonicalisationVectors() throws IOException {
        List<JsonNode> vectors = vectors("canonicalization_vectors");
        assertThat(vectors).hasSize(32);
        return vectors.stream()
                .map(vector -> dynamicTest(vector.get("name").asString(), () -> {
                    byte[] canonical = CanonicalJson.write(value(vector.get("input")));

                    assertThat(new String(canonical, StandardCharsets.UTF_8))
                            .isEqualTo(vector.get("canonical").asString());
                    if (vector.has("expectedHash")) {
                        assertThat("sha256:" + sha256(canonical))
                                .isEqualTo(vector.get("expectedHash").asString());
                    }
                    assertThat(CanonicalJson.write(CanonicalJson.parse(canonical)))
                            .isEqualTo(canonical);
                }));
    }

    @TestFactory
    Stream<DynamicTest> independentHashVectors() throws IOException {
        List<JsonNode> vectors = vectors("receipt_hash_vectors");
        assertThat(vectors).hasSize(11);
        Map<String, String> hashes = new LinkedHashMap<>();
        return vectors.stream()
                .filter(vector -> vector.has("receipt"))
                .map(vector -> dynamicTest(vector.get("name").asString(), () -> {
                    byte[] canonical = CanonicalJson.write(withoutNulls(value(vector.get("receipt"))));

                    String hash = "sha256:" + sha256(canonical);
                    hashes.put(vector.get("name").asString(), hash);
                    String expected = vector.get("expectedHash").asString();
                    assertThat(hash)
                            .isEqualTo(expected.startsWith("SAME_AS_") ? hashes.get(expected.substring(8)) : expected);
                    if (vector.has("mustContainSubstring")) {
                        assertThat(new String(canonical, StandardCharsets.UTF_8))
                                .contains(vector.get("mustContainSubstring").asString());
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> independentSignatures() throws IOException {
        JsonNode data = this.json.readTree(
                Files.readAllBytes(ConformanceData.folder("jcs").resolve("agent-receipts/v020_signed_extract.json")));
        ReceiptVerificationKey key =
                ReceiptVerificationKey.ed25519(data.at("/keys/publicKey").asString());
        List<JsonNode> receipts = Stream.concat(
                        stream(data.at("/terminalChain/receipts")),
                        Stream.of(data.at("/parametersDisclosureReceipt/receipt")))
                .toList();
        assertThat(receipts).hasSize(4);
        Stream<DynamicTest> signatures = receipts.stream()
                .map(receipt -> dynamicTest(receipt.get("id").asString(), () -> {
                    @SuppressWarnings("unchecked")
                    Map<String, @Nullable Object> unsigned =
                            new LinkedHashMap<>((Map<String, @Nullable Object>) value(receipt));
                    unsigned.remove("proof");
                    String proof = receipt.at("/proof/proofValue").asString();

                    byte[] signature = Base64.getUrlDecoder().decode(proof.substring(1));

                    assertThat(key.verify(CanonicalJson.write(unsigned), signature))
                            .isTrue();
                    signature[0] ^= 1;
                    assertThat(key.verify(CanonicalJson.write(unsigned), signature))
                            .isFalse();
                }));
        DynamicTest response = dynamicTest(
                "response hash",
                () -> assertThat("sha256:"
                                + sha256(CanonicalJson.write(value(data.at("/responseHash/redactedResponse")))))
                        .isEqualTo(data.at("/responseHash/expectedHash").asString()));
        return Stream.concat(signatures, Stream.of(response));
    }

    @Test
    void independentReceiptsAreChainedByTheHashOfTheCanonicalOneBefore() throws IOException {
        JsonNode data = this.json.readTree(
                Files.readAllBytes(ConformanceData.folder("jcs").resolve("agent-receipts/v020_signed_extract.json")));
        String previous = null;

        for (JsonNode receipt : stream(data.at("/terminalChain/receipts")).toList()) {
            JsonNode link = receipt.at("/credentialSubject/chain/previous_receipt_hash");
            assertThat(link.isNull() ? null : link.asString()).isEqualTo(previous);
            @SuppressWarnings("unchecked")
            Map<String, @Nullable Object> unsigned =
                    new LinkedHashMap<>((Map<String, @Nullable Object>) withoutNulls(value(receipt)));
            unsigned.remove("proof");
            previous = "sha256:" + sha256(CanonicalJson.write(unsigned));
        }
        assertThat(previous).isNotNull();
    }

    private List<JsonNode> vectors(String name) throws IOException {
        Path file = ConformanceData.folder("jcs").resolve("agent-receipts/canonicalization_vectors.json");
        return stream(this.json.readTree(Files.readAllBytes(file)).get(name)).toList();
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** All numbers as doubles: that is what the vectors are about. */
    private static @Nullable Object value(JsonNode node) {
        if (node.isObject()) {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            node.properties().forEach(member -> members.put(member.getKey(), value(member.getValue())));
            return members;
        }
        if (node.isArray()) {
            return stream(node).map(CanonicalJsonConformanceTests::value).toList();
        }
        if (node.isNumber()) {
            return node.doubleValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return node.isNull() ? null : node.asString();
    }

    private static @Nullable Object withoutNulls(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> result = new LinkedHashMap<>();
            map.forEach((name, member) -> {
                if (member != null || name.equals("previous_receipt_hash")) {
                    result.put(name, withoutNulls(member));
                }
            });
            return result;
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .map(CanonicalJsonConformanceTests::withoutNulls)
                    .toList();
        }
        return value;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException ex) {
            throw new UncheckedIOException(new IOException(ex));
        }
    }
}
