package cloud.enact.receipt.export;

import cloud.enact.action.Printable;
import java.util.List;
import java.util.stream.Collectors;

/** What a bundle tells the people who get it. */
final class BundleTexts {

    private static final String README = """
            Evidence from Enact for Spring: %s

            receipts.jsonl         the receipts, one per line, exactly as they were signed
            checkpoints/           signed heads of the logs they stand in
            proofs.jsonl           proofs that each receipt is in its log (not in a bundle of whole logs)
            keys/                  public keys; ask for them by another way, too, and compare
            report.html, .json     what the verification of whoever made this bundle found
            mapping.md, .csv       which duty to keep logs each file supports

            Check it yourself, with a Java runtime (17 or later) and the verifier jar, and believe that:

              java -jar enact-cli.jar verify bundle.zip
              java -jar enact-cli.jar verify bundle.zip --checkpoint-key checkpoints.vkey --public-key receipts.pem
              java -jar enact-cli.jar verify bundle.zip --json

            The second command takes the keys that you got by another way than this bundle.

            Exit status 0: every signature fits a key that you named.
            1: something is wrong.
            2: the file can't be read.
            3: nothing is wrong, and not everything could be checked. A receipt that is signed with a secret (HS256) can
               only be checked with that secret; that it is in the log whose checkpoint was signed can be checked
               without. Keys that are only known from the bundle say that its parts fit each other, and no more.

            A bundle of a run holds the receipts that the store found for it.
            That it holds all of them shows only a bundle of the whole log.
            """;

    private static final String NOTE = """
            # What these files support

            Facts about the files in this bundle, next to the duties they support.
            Whether a duty is met is for the organisation and its auditors to say.

            | framework | duty | what it asks for | what is in this bundle |
            | --- | --- | --- | --- |
            """;

    private static final List<Row> MAPPING = List.of(
            new Row(
                    "SOC 2 (TSC 2017)",
                    "CC6.1, CC6.3",
                    "logical access is restricted and follows authorisation",
                    "receipts.jsonl: who asked, by which roles, which policies judged, PASS or BLOCK"),
            new Row(
                    "SOC 2 (TSC 2017)",
                    "CC7.2",
                    "system components are monitored for anomalies",
                    "receipts.jsonl: every governed call with its decision and outcome, in order"),
            new Row(
                    "SOC 2 (TSC 2017)",
                    "CC7.3, CC7.4",
                    "security events are evaluated and answered",
                    "receipts.jsonl: BLOCK decisions with reasons; rollbacks with what was restored"),
            new Row(
                    "SOC 2 (TSC 2017)",
                    "CC8.1",
                    "changes are authorised and documented",
                    "receipts.jsonl: steps of each action, CONFIG receipts for changed policies and modes"),
            new Row(
                    "ISO/IEC 27001:2022 Annex A",
                    "5.28",
                    "evidence of events is identified, collected and preserved",
                    "the bundle as a whole; report.json"),
            new Row(
                    "ISO/IEC 27001:2022 Annex A",
                    "5.33",
                    "records are protected from loss, falsification and unauthorised release",
                    "checkpoints/, proofs.jsonl: a record that was altered since its checkpoint shows"),
            new Row(
                    "ISO/IEC 27001:2022 Annex A",
                    "8.15",
                    "logs of activities are produced, stored, protected and analysed",
                    "receipts.jsonl with signatures and chain; checkpoints/"),
            new Row(
                    "ISO/IEC 27001:2022 Annex A",
                    "8.17",
                    "clocks are synchronised",
                    "timestamps of receipts and checkpoints; that the clock was right is not proven by them"),
            new Row(
                    "EU AI Act (2024/1689)",
                    "Article 12",
                    "high-risk systems technically allow for automatic recording of events",
                    "receipts.jsonl: calls of an agent are recorded before they take effect"),
            new Row(
                    "EU AI Act (2024/1689)",
                    "Article 19",
                    "providers keep automatically generated logs, for at least six months",
                    "receipts.jsonl: the log as it was kept; how long is the operator's choice"),
            new Row(
                    "EU AI Act (2024/1689)",
                    "Article 26(6)",
                    "deployers keep the logs under their control, for at least six months",
                    "receipts.jsonl: the log as it was kept; how long is the operator's choice"),
            new Row(
                    "EU AI Act (2024/1689)",
                    "Article 14",
                    "people can oversee the system, intervene and stop it",
                    "receipts.jsonl: verdicts, and rollbacks with the person who asked and the reason"));

    private BundleTexts() {}

    private record Row(String framework, String duty, String asks, String serves) {}

    static String readme(BundleManifest manifest) {
        return README.formatted(Printable.of(manifest.scope()));
    }

    static String mappingCsv() {
        return row("framework", "duty", "asks_for", "in_this_bundle")
                + MAPPING.stream()
                        .map(row -> row(row.framework(), row.duty(), row.asks(), row.serves()))
                        .collect(Collectors.joining());
    }

    private static String row(String... cells) {
        return List.of(cells).stream().map(CsvLines::cell).collect(Collectors.joining(",")) + "\r\n";
    }

    static String mappingMarkdown() {
        return NOTE
                + MAPPING.stream()
                        .map(row -> "| " + row.framework() + " | " + row.duty() + " | " + row.asks() + " | "
                                + row.serves() + " |\n")
                        .collect(Collectors.joining());
    }
}
