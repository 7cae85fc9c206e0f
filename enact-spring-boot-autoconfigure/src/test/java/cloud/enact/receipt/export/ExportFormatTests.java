package cloud.enact.receipt.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.action.ResourceRef;
import cloud.enact.action.Reversibility;
import cloud.enact.action.Run;
import cloud.enact.action.RunId;
import cloud.enact.policy.Decision;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.Verdict;
import cloud.enact.receipt.Drafts;
import cloud.enact.receipt.ExportVerifier;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptDraft;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.ReceiptStore;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExportFormatTests {

    private static final ReceiptSigner SIGNER = ReceiptSigner.hs256(Drafts.SECRET);

    private final ReceiptStore store = ReceiptStore.inMemory(10_000);

    private final ReceiptLog log = ReceiptLog.direct("log-1", this.store, SIGNER, Masking.defaults(), Drafts.CLOCK);

    private final ReceiptExport export = new ReceiptExport(this.store);

    private Receipt decide(String action, Verdict verdict, EnactMode mode) {
        ActionRequest request = new ActionRequest(
                Drafts.id(),
                new Run(Drafts.run(), "refund"),
                null,
                action,
                Map.of("amount", 42L),
                Actor.of("support@example.org", "support"),
                new ResourceRef("customer", "42"),
                Reversibility.REVERSIBLE,
                Drafts.NOW);
        return this.log.append(ReceiptDraft.decided(request, Decision.of(List.of(verdict), mode, "sha256:00"), mode));
    }

    private String write(ExportFormat format) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        this.export.write(ReceiptFilter.all(), format, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private JsonNode only(ExportFormat format) throws Exception {
        return new JsonMapper().readTree(write(format));
    }

    @Test
    void signedLinesVerify() throws Exception {
        for (int i = 0; i < 1000; i++) {
            decide("billing.refund", Verdict.pass("db.small", "small"), EnactMode.ENFORCE);
        }
        ExportVerifier verifier = new ExportVerifier(ReceiptKeys.of(SIGNER), true);

        write(ExportFormat.NDJSON).lines().forEach(line -> verifier.add(line.getBytes(StandardCharsets.UTF_8)));

        assertThat(verifier.result().valid()).isTrue();
        assertThat(verifier.result().checked()).isEqualTo(1000);
    }

    @ParameterizedTest
    @EnumSource(ExportFormat.class)
    void aStreamHoldsWhatIsWritten(ExportFormat format) throws Exception {
        decide("billing.refund", Verdict.pass("db.small", "small"), EnactMode.ENFORCE);
        decide("billing.refund", Verdict.block("db.large", "too large"), EnactMode.ENFORCE);

        byte[] streamed = this.export.open(ReceiptFilter.all(), format).readAllBytes();

        assertThat(new String(streamed, StandardCharsets.UTF_8)).isEqualTo(write(format));
        assertThat(ExportFormat.parse(format.word().toUpperCase(Locale.ROOT))).isSameAs(format);
    }

    @Test
    void anUnknownFormatIsNotEchoed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExportFormat.parse("<script>"))
                .withMessage("The format is one of ndjson, csv, ocsf, cloudevents, otlp");
    }

    @Test
    void aLogThatGrowsComesToAnEnd() throws Exception {
        decide("billing.refund", Verdict.pass("db.small", "small"), EnactMode.ENFORCE);
        StoredReceipts receipts = StoredReceipts.of(this.store, ReceiptFilter.all());
        int seen = 0;
        while (receipts.hasNext() && seen < 100) {
            receipts.next();
            seen++;
            decide("billing.refund", Verdict.pass("db.small", "small"), EnactMode.ENFORCE);
        }

        assertThat(seen).isEqualTo(1);
    }

    @Test
    void aTableHasOneRowPerReceiptAndNoArguments() throws Exception {
        decide("billing.refund", Verdict.block("db.large", "too large"), EnactMode.ENFORCE);

        String[] rows = write(ExportFormat.CSV).split("\r\n");

        assertThat(rows).hasSize(2);
        assertThat(rows[0]).startsWith("\"log\",\"seq\",\"timestamp\",\"kind\"");
        assertThat(rows[1])
                .startsWith("\"log-1\",\"1\",\"2026-11-20T12:00:00.123456Z\",\"DECIDED\"")
                .contains("\"billing.refund\"", "\"customer\",\"42\"", "\"BLOCK\"", "\"db.large\"")
                .doesNotContain("amount");
        assertThat(rows[1].split(",", -1)).hasSameSizeAs(rows[0].split(",", -1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "=1+1|\"'=1+1\"",
                "+1|\"'+1\"",
                "-1|\"'-1\"",
                "@SUM(A1)|\"'@SUM(A1)\"",
                "` =cmd`|\"' =cmd\"",
                "\uFF1D1|\"'\uFF1D1\"",
                "a=1|\"a=1\"",
                "say \"hi\", please|\"say \"\"hi\"\", please\"",
            })
    void noCellIsAFormula(String text, String cell) {
        assertThat(CsvLines.cell(text)).isEqualTo(cell);
    }

    @Test
    void noCellEndsItsRow() {
        assertThat(CsvLines.cell("a\r\n=1,b\u202e\u0000")).isEqualTo("\"a\uFFFD\uFFFD=1,b\uFFFD\uFFFD\"");
        assertThat(CsvLines.cell("\t=1")).isEqualTo("\"'\uFFFD=1\"");
    }

    @Test
    void aCloudEventCarriesTheExactReceipt() throws Exception {
        Receipt receipt = decide("billing.refund", Verdict.pass("db.small", "small"), EnactMode.ENFORCE);

        JsonNode event = only(ExportFormat.CLOUDEVENTS);

        assertThat(event.get("specversion").asString()).isEqualTo("1.0");
        assertThat(event.get("type").asString()).isEqualTo("cloud.enact.receipt.decided");
        assertThat(event.get("source").asString()).isEqualTo("/enact/logs/log-1");
        assertThat(event.get("id").asString()).isEqualTo("1");
        assertThat(event.get("subject").asString()).isEqualTo(receipt.runId().toString());
        assertThat(event.get("time").asString()).isEqualTo("2026-11-20T12:00:00.123456Z");
        assertThat(write(ExportFormat.CLOUDEVENTS))
                .contains("\"data\":" + new String(receipt.bytes(), StandardCharsets.UTF_8) + "}");
    }

    @ParameterizedTest
    @CsvSource({
        "PASS,  ENFORCE, 1,  1,  Allowed",
        "BLOCK, ENFORCE, 2,  2,  Blocked",
        "ASK,   ENFORCE, 99, 99, ASK",
        "BLOCK, OBSERVE, 3,  17, Logged",
    })
    void anOcsfEventSaysWhatTheGateDid(
            String effect, EnactMode mode, int action, int disposition, String dispositionName) throws Exception {
        Verdict verdict = switch (effect) {
            case "PASS" -> Verdict.pass("db.rule", "fine");
            case "ASK" -> Verdict.ask("db.rule", "large");
            default -> Verdict.block("db.rule", "too large");
        };
        Receipt receipt = decide("billing.refund", verdict, mode);

        JsonNode event = only(ExportFormat.OCSF);

        assertThat(event.get("class_uid").asInt()).isEqualTo(6003);
        assertThat(event.get("category_uid").asInt()).isEqualTo(6);
        assertThat(event.get("type_uid").asLong())
                .isEqualTo(600300L + event.get("activity_id").asInt());
        assertThat(event.get("time").asLong()).isEqualTo(Drafts.NOW.toEpochMilli());
        assertThat(event.get("metadata").get("version").asString()).isEqualTo("1.9.0");
        assertThat(event.get("metadata").get("uid").asString()).isEqualTo("log-1/1");
        assertThat(event.get("actor").get("user").get("uid").asString()).isEqualTo("support@example.org");
        assertThat(event.get("api").get("operation").asString()).isEqualTo("billing.refund");
        assertThat(event.get("src_endpoint").get("instance_uid").asString()).isEqualTo("log-1");
        assertThat(event.get("action_id").asInt()).isEqualTo(action);
        assertThat(event.get("disposition_id").asInt()).isEqualTo(disposition);
        assertThat(event.get("disposition").asString()).isEqualTo(dispositionName);
        assertThat(event.get("policy").get("name").asString()).isEqualTo("db.rule");
        assertThat(event.get("raw_data").asString().getBytes(StandardCharsets.UTF_8))
                .isEqualTo(receipt.bytes());
    }

    @Test
    void anOcsfEventHasWhatItsClassRequires() throws Exception {
        decide("billing.refund", Verdict.pass("db.rule", "fine"), EnactMode.ENFORCE);

        JsonNode event = only(ExportFormat.OCSF);

        for (String required : List.of(
                "activity_id",
                "category_uid",
                "class_uid",
                "type_uid",
                "severity_id",
                "time",
                "metadata",
                "actor",
                "api",
                "src_endpoint")) {
            assertThat(event.has(required)).as(required).isTrue();
        }
        assertThat(event.get("metadata").has("product")).isTrue();
    }

    @Test
    void aLogRecordHasTheNamesOfTheGenAiConventions() throws Exception {
        Receipt receipt = decide("billing.refund", Verdict.block("db.large", "too large"), EnactMode.ENFORCE);

        JsonNode resource = only(ExportFormat.OTLP).get("resourceLogs").get(0);
        JsonNode record = resource.get("scopeLogs").get(0).get("logRecords").get(0);
        Map<String, String> attributes = IntStream.range(
                        0, record.get("attributes").size())
                .mapToObj(record.get("attributes")::get)
                .collect(Collectors.toMap(
                        each -> each.get("key").asString(),
                        each -> each.get("value").get("stringValue").asString()));

        assertThat(record.get("timeUnixNano").asString()).isEqualTo("1795176000123456000");
        assertThat(record.get("eventName").asString()).isEqualTo("enact.receipt.decided");
        assertThat(record.get("severityText").asString()).isEqualTo("WARN");
        assertThat(attributes)
                .containsEntry("gen_ai.operation.name", "execute_tool")
                .containsEntry("gen_ai.tool.name", "billing.refund")
                .containsEntry("gen_ai.tool.call.id", receipt.actionId().toString())
                .containsEntry("enact.decision", "BLOCK")
                .containsEntry("enact.rule.id", "db.large")
                .containsEntry("enact.run.id", receipt.runId().toString());
        assertThat(attributes.values()).noneMatch(value -> value.contains("amount"));
    }

    @ParameterizedTest
    @EnumSource(ExportFormat.class)
    void aDamagedReceiptIsOneLineThatSaysSo(ExportFormat format) {
        Receipt damaged = Receipt.stored("log-1", 7, "{\"half\":\n".getBytes(StandardCharsets.UTF_8));

        String line = new String(format.lines().line(damaged), StandardCharsets.UTF_8);

        assertThat(line.strip().lines()).hasSize(1);
        if (format != ExportFormat.NDJSON) {
            assertThat(line).contains("log-1", "7").containsIgnoringCase("damage");
        }
    }

    @Test
    void anExportOfARunHoldsNothingElse() throws Exception {
        decide("billing.refund", Verdict.pass("db.rule", "fine"), EnactMode.ENFORCE);
        RunId run = decide("billing.credit", Verdict.pass("db.rule", "fine"), EnactMode.ENFORCE)
                .runId();

        byte[] bytes =
                this.export.open(ReceiptFilter.ofRun(run), ExportFormat.NDJSON).readAllBytes();

        assertThat(new String(bytes, StandardCharsets.UTF_8).lines())
                .hasSize(1)
                .allMatch(line -> line.contains("billing.credit"));
    }
}
