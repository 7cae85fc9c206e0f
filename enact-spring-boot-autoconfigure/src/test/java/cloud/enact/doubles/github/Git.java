package cloud.enact.doubles.github;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The git command on a repository of the double. */
final class Git {

    private final HostedRepository repository;

    private Git(HostedRepository repository) {
        this.repository = repository;
    }

    static Git in(HostedRepository repository) {
        return new Git(repository);
    }

    /** What the command prints, without the last line break. */
    String run(String... arguments) throws IOException, InterruptedException {
        String output = output(0, arguments);
        if (output == null) {
            throw new IllegalStateException(String.join(" ", arguments) + " failed");
        }
        return output;
    }

    /** The tree that a merge writes, or nothing where it ends in conflict. */
    @Nullable
    String tree(String... arguments) throws IOException, InterruptedException {
        return output(1, arguments);
    }

    private @Nullable String output(int tolerated, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("git", "--git-dir", this.repository.directory().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int status = process.waitFor();
        if (status > tolerated) {
            throw new IllegalStateException(String.join(" ", arguments) + ": " + output);
        }
        return status == 0 ? output : null;
    }
}
