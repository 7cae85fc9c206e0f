package cloud.enact.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A worker's process, and what it has said so far. For one thread. */
final class Child {

    private final Process process;

    private final BufferedReader lines;

    private final Path errors;

    private final List<Report> reports = new ArrayList<>();

    private final Map<String, Integer> counts = new HashMap<>();

    private Child(Process process, Path errors) {
        this.process = process;
        this.lines = process.inputReader();
        this.errors = errors;
    }

    /** Starts a worker, quick to start rather than quick to run. */
    static Child start(Path folder, Class<?> worker, String... args) throws IOException {
        return start("256m", folder, worker, args);
    }

    /** Starts one with another limit of memory. */
    static Child start(String heap, Path folder, Class<?> worker, String... args) throws IOException {
        Path errors = Files.createTempFile(folder, "child", ".err");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx" + heap,
                // here and not with the application, which tests start in their own JVM, too, where a level stays
                "-Dlogging.level.root=error",
                "-cp",
                System.getProperty("java.class.path"),
                worker.getName(),
                folder.toString()));
        command.addAll(List.of(args));
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        return new Child(process, errors);
    }

    /** Starts one that changes files. */
    static Child start(Path folder, String directories, int threads, long seed, String haltAt) throws IOException {
        return start(folder, Worker.class, directories, Integer.toString(threads), Long.toString(seed), haltAt);
    }

    /** Waits until the worker has said so many lines. */
    void read(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            if (!readLine()) {
                throw new AssertionError("The worker ended by itself: " + errors());
            }
        }
    }

    /** Waits until it has said a word so many times since it began. */
    void readUntil(String word, int times) throws IOException {
        while (this.counts.getOrDefault(word, 0) < times) {
            read(1);
        }
    }

    private String errors() {
        try {
            return Files.readString(this.errors);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private boolean readLine() throws IOException {
        String line = this.lines.readLine();
        if (line == null) {
            return false;
        }
        Report report = Report.read(line);
        if (report != null) {
            // its errors are read where they are wanted only: there may be very many of both
            assertThat(report.word()).as(() -> report + "\n" + errors()).isNotEqualTo(Report.WRONG);
            this.reports.add(report);
            this.counts.merge(report.word(), 1, Integer::sum);
        }
        return true;
    }

    /** Kills the process, wherever it is. */
    void kill() throws IOException, InterruptedException {
        // not Process.destroyForcibly, which closes the pipe and with it loses what was said last
        this.process.toHandle().destroyForcibly();
        end();
    }

    /** Sends it a signal, such as {@code STOP}. */
    void signal(String name) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", "-" + name, Long.toString(this.process.pid()))
                .start()
                .waitFor();
        assertThat(status).isZero();
    }

    /** Limits what it may write to files, in bytes. */
    void limitFiles(String size) throws IOException, InterruptedException {
        int status = new ProcessBuilder("prlimit", "--fsize=" + size + ":", "--pid", Long.toString(this.process.pid()))
                .start()
                .waitFor();
        assertThat(status).isZero();
    }

    /** Lets a worker go on that waits for that. */
    void goOn() throws IOException {
        this.process.getOutputStream().write('\n');
        this.process.getOutputStream().flush();
    }

    /** Asks the worker to stop. */
    void stop() throws IOException, InterruptedException {
        this.process.getOutputStream().close();
        end();
    }

    /** Waits until it has ended by itself, and hears what it said last. */
    int end() throws IOException, InterruptedException {
        while (readLine()) {
            // what was said before the end counts
        }
        return this.process.waitFor();
    }

    List<Report> reports() {
        return this.reports;
    }
}
