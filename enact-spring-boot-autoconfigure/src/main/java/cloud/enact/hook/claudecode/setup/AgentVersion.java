package cloud.enact.hook.claudecode.setup;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A version of Claude Code. */
public record AgentVersion(int major, int minor, int patch) implements Comparable<AgentVersion> {

    /** The first that can be told to stop when the guard can't be reached. */
    public static final AgentVersion FAILS_CLOSED = new AgentVersion(2, 1, 295);

    private static final Pattern TEXT =
            Pattern.compile("\\s*v?(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})(?!\\d).*", Pattern.DOTALL);

    private static final int ANSWER = 4096;

    private static final int SECONDS = 20;

    private static final Comparator<AgentVersion> ORDER = Comparator.comparingInt(AgentVersion::major)
            .thenComparingInt(AgentVersion::minor)
            .thenComparingInt(AgentVersion::patch);

    /** The version at the beginning of a text. */
    public static Optional<AgentVersion> parse(String text) {
        Matcher found = TEXT.matcher(text);
        return found.matches()
                ? Optional.of(new AgentVersion(
                        Integer.parseInt(found.group(1)),
                        Integer.parseInt(found.group(2)),
                        Integer.parseInt(found.group(3))))
                : Optional.empty();
    }

    /**
     * The version that is started by its name, asked for it.
     *
     * @param path folders where programs are searched
     */
    public static Optional<AgentVersion> installed(@Nullable String path) {
        if (path == null) {
            return Optional.empty();
        }
        for (String folder : path.split(Pattern.quote(File.pathSeparator))) {
            for (String name : List.of("claude", "claude.exe", "claude.cmd")) {
                Path program = program(folder, name);
                // a relative folder would start whatever lies in a project
                if (program != null
                        && program.isAbsolute()
                        && Files.isExecutable(program)
                        && Files.isRegularFile(program)) {
                    return answerOf(program);
                }
            }
        }
        return Optional.empty();
    }

    private static @Nullable Path program(String folder, String name) {
        try {
            return Path.of(folder, name);
        } catch (InvalidPathException ex) {
            return null;
        }
    }

    private static Optional<AgentVersion> answerOf(Path program) {
        try {
            Process process = new ProcessBuilder(program.toString(), "--version")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                process.getOutputStream().close();
                if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                    return Optional.empty();
                }
                byte[] answer = process.getInputStream().readNBytes(ANSWER);
                return parse(new String(answer, StandardCharsets.UTF_8));
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException ex) {
            // as good as not there, which is said
            return Optional.empty();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    boolean failsClosed() {
        return compareTo(FAILS_CLOSED) >= 0;
    }

    @Override
    public int compareTo(AgentVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return this.major + "." + this.minor + "." + this.patch;
    }
}
