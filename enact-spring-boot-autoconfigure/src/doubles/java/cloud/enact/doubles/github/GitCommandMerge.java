package cloud.enact.doubles.github;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** Merges with the git command, 2.38 or newer, which follows files that were moved, as GitHub does. */
final class GitCommandMerge {

    private final Path repository;

    GitCommandMerge(Path repository) {
        this.repository = repository;
    }

    /** Tree of the merge, or nothing where both sides changed the same. */
    @Nullable
    ObjectId merge(AnyObjectId ours, AnyObjectId theirs) throws IOException {
        ProcessBuilder command = new ProcessBuilder(List.of(
                "git",
                "--git-dir",
                this.repository.toString(),
                "merge-tree",
                "--write-tree",
                ours.name(),
                theirs.name()));
        command.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        command.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        Process process = command.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int status = status(process);
        if (status > 1) {
            throw new IOException("git merge-tree ended with " + status + ": " + output);
        }
        return status == 0 ? ObjectId.fromString(output) : null;
    }

    private static int status(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while git merges");
        }
    }
}
