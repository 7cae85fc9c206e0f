package cloud.enact.receipt.export;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a line of an export looks like. */
public enum ExportFormat {

    /** The exact signed bytes of a receipt per line: the only format that can be verified as it is. */
    NDJSON("application/x-ndjson", new SignedLines()),

    /** A table for spreadsheets (RFC 4180), without arguments. */
    CSV("text/csv", new CsvLines()),

    /** An API Activity event of OCSF per line; {@code raw_data} holds the exact signed text. */
    OCSF("application/x-ndjson", new OcsfLines()),

    /** A CloudEvent per line; {@code data} holds the exact signed bytes. */
    CLOUDEVENTS("application/x-ndjson", new CloudEventLines()),

    /** A log record of OpenTelemetry per line, as an OTLP request in JSON, without arguments. */
    OTLP("application/x-ndjson", new OtlpLines());

    private final String mediaType;

    // stateless, so that one serves all
    private final LineFormat lines;

    ExportFormat(String mediaType, LineFormat lines) {
        this.mediaType = mediaType;
        this.lines = lines;
    }

    /**
     * The format of a name.
     *
     * @param name such as {@code ndjson}, in any capitals
     * @throws IllegalArgumentException when there is no such format; the name is not echoed
     */
    public static ExportFormat parse(String name) {
        return Arrays.stream(values())
                .filter(format -> format.word().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The format is one of "
                        + Arrays.stream(values()).map(ExportFormat::word).collect(Collectors.joining(", "))));
    }

    /** Its name, as commands and requests have it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Media type of an export. */
    public String mediaType() {
        return this.mediaType;
    }

    LineFormat lines() {
        return this.lines;
    }
}
