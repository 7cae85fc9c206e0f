package cloud.enact.doubles.github;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

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
        List<String> command = new ArrayList<>(
                List.of("git", "--git-dir", this.repository.directory().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", arguments) + ": " + output);
        }
        return output;
    }
}
