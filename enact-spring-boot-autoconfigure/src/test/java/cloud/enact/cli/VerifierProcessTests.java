package cloud.enact.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.IdGenerator;
import cloud.enact.receipt.Drafts;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.export.EvidenceBundle;
import cloud.enact.receipt.export.ExportFormat;
import cloud.enact.receipt.export.ReceiptExport;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verifier in a JVM of its own, with little memory. */
class VerifierProcessTests {

    private static final int ENTRIES = 20_000;

    private static final String SMALL = "-Xmx24m";

    private static final List<String> NEEDED =
            List.of("picocli", "jackson-", "spring-core", "commons-logging", "jspecify");

    @TempDir
    private Path folder;

    private final ReceiptSigner signer = ReceiptSigner.hs256(Drafts.SECRET);

    private final ReceiptStore store = ReceiptStore.inMemory(ENTRIES);

    @Test
    void anExportIsVerifiedWithoutSpring() throws Exception {
        append(3);
        Path export = export();

        Finished verify = java(List.of("-Xlog:class+load:file=" + this.folder.resolve("classes")), export);

        assertThat(verify.output).contains("3 entries verified");
        assertThat(verify.status).isZero();
        List<String> loaded = Files.readAllLines(this.folder.resolve("classes")).stream()
                .map(line -> line.replaceFirst("^(\\[[^]]*])+ ", "").replaceFirst(" .*", ""))
                .toList();
        assertThat(loaded).contains("cloud.enact.receipt.ExportVerifier");
        assertThat(loaded.stream()
                        .filter(name -> Stream.of("org.springframework.", "org.sqlite.", "tools.jackson.")
                                .anyMatch(name::startsWith)))
                .isEmpty();
    }

    @Test
    void aLargeExportAndALargeBundleNeedLittleMemory() throws Exception {
        append(ENTRIES);
        Path export = export();
        Path bundle = this.folder.resolve("bundle.zip");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(bundle))) {
            new EvidenceBundle(this.store, null, ReceiptKeys.of(this.signer), List.of())
                    .write(ReceiptFilter.all(), out);
        }

        assertThat(Files.size(export)).isGreaterThan(20L * 1024 * 1024);
        assertThat(java(List.of(SMALL), export).output).contains(ENTRIES + " entries verified");
        assertThat(java(List.of(SMALL), bundle).output).contains(ENTRIES + ": signature fits a key that you named");
    }

    @Test
    void aLineWithoutEndIsAClearMessage() throws Exception {
        Path export = this.folder.resolve("endless.jsonl");
        byte[] part = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = Files.newOutputStream(export)) {
            for (int i = 0; i < 100; i++) {
                out.write(part);
            }
        }

        Finished verify = java(List.of(SMALL), export);

        assertThat(verify.status).as(verify.output).isEqualTo(2);
        assertThat(verify.output).contains("A line is longer than").doesNotContain("\tat ", "OutOfMemory");
    }

    @Test
    void aFileOfNothingButBytesIsAProblemOfOneLine() throws Exception {
        byte[] noise = new byte[1 << 16];
        Arrays.fill(noise, (byte) 0xFF);
        noise[100] = '\n';
        Path export = Files.write(this.folder.resolve("noise"), noise);

        Finished verify = java(List.of(SMALL), export);

        assertThat(verify.status).as(verify.output).isEqualTo(1);
        assertThat(verify.output).contains("2 problems", "line 1 can't be read").doesNotContain("\tat ");
    }

    private void append(int entries) {
        IdGenerator ids = IdGenerator.uuidV7(Clock.systemUTC());
        ReceiptLog log = ReceiptLog.direct(
                ids.next().toString(), this.store, this.signer, Masking.defaults(), Clock.systemUTC());
        for (int i = 0; i < entries; i++) {
            log.append(Drafts.decided(Drafts.run()));
        }
    }

    private Path export() throws Exception {
        Path export = this.folder.resolve("export.jsonl");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(export))) {
            new ReceiptExport(this.store).write(ReceiptFilter.all(), ExportFormat.NDJSON, out);
        }
        return export;
    }

    private record Finished(int status, String output) {}

    private Finished java(List<String> options, Path file) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath()));
        command.addAll(List.of(EnactCli.class.getName(), "verify", file.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("ENACT_SECRET", Drafts.SECRET);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Finished(process.waitFor(), output);
    }

    /** Of what the shipped command line has what the verifier needs: the index of each other jar fills the heap, too. */
    private static String classPath() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator))
                .filter(entry -> Files.isDirectory(Path.of(entry))
                        || NEEDED.stream().anyMatch(Path.of(entry).getFileName().toString()::startsWith))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
