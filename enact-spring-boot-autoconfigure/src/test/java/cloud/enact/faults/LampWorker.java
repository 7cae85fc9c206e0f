package cloud.enact.faults;

import cloud.enact.gate.ActionBlockedException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A JVM with one governed action, which it begins and ends when it is told to, until its standard input ends. */
final class LampWorker {

    /** The action is in its middle. */
    static final String MIDWAY = "MIDWAY";

    /** The action took place: how many outcomes could not be recorded so far. */
    static final String PASSED = "PASSED";

    /** The action was blocked: why. */
    static final String BLOCKED = "BLOCKED";

    private LampWorker() {}

    /**
     * Works.
     *
     * @param args folder
     */
    public static void main(String[] args) throws IOException {
        FileOutputStream out = Report.standardOutput();
        try (LampApplication application = new LampApplication(Path.of(args[0]))) {
            while (System.in.read() >= 0) {
                try {
                    application.lamp().on("", () -> await(out));
                    Report.write(out, PASSED, Long.toString(application.unrecorded()));
                } catch (ActionBlockedException ex) {
                    String why = String.valueOf(application.log().state().lastError());
                    Report.write(out, BLOCKED, why.replaceAll("\\s+", "_"));
                }
            }
        }
    }

    private static void await(FileOutputStream out) {
        Report.write(out, MIDWAY);
        try {
            System.in.read();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
