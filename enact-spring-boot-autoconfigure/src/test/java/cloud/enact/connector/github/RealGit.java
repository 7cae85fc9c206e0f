package cloud.enact.connector.github;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The git of this machine, on a clone of its own, with nobody's settings. */
final class RealGit {

    private final Path clone;

    private RealGit(Path clone) {
        this.clone = clone;
    }

    static boolean isHere() {
        try {
            return new ProcessBuilder("git", "--version").start().waitFor() == 0;
        } catch (IOException ex) {
            return false;
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static RealGit cloned(Path bare, Path clone) {
        RealGit git = new RealGit(clone.getParent());
        git.must("clone", "-q", "--shared", bare.toString(), clone.toString());
        return new RealGit(clone);
    }

    /** Tree that is left when a change is reverted on a commit; empty when git finds a conflict. */
    Optional<String> revert(String on, String change) {
        must("checkout", "-q", "-f", "--detach", on);
        must("clean", "-q", "-fdx");
        List<String> command = new ArrayList<>(List.of("revert", "--no-commit"));
        if (must("rev-list", "--parents", "-n", "1", change).split(" ").length > 2) {
            command.addAll(List.of("-m", "1"));
        }
        command.add(change);
        boolean clean = run(command).status() == 0;
        Optional<String> tree = clean ? Optional.of(must("write-tree")) : Optional.empty();
        must("reset", "-q", "--hard");
        return tree;
    }

    /** Makes a commit. */
    String commit(String tree, String parent) {
        return must("commit-tree", tree, "-p", parent, "-m", "made");
    }

    String must(String... command) {
        Output output = run(List.of(command));
        if (output.status() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + output.text());
        }
        return output.text();
    }

    private Output run(List<String> command) {
        List<String> all = new ArrayList<>(List.of("git"));
        all.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(all).directory(this.clone.toFile()).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "GIT_CONFIG_NOSYSTEM", "1",
                        "GIT_CONFIG_GLOBAL", "/dev/null",
                        "GIT_AUTHOR_NAME", "A Person",
                        "GIT_AUTHOR_EMAIL", "person@example.com",
                        "GIT_COMMITTER_NAME", "A Person",
                        "GIT_COMMITTER_EMAIL", "person@example.com",
                        "LC_ALL", "C"));
        try {
            Files.createDirectories(this.clone);
            Process process = builder.start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("git does not end");
            }
            return new Output(process.exitValue(), text);
        } catch (IOException ex) {
            throw new IllegalStateException(ex);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
    }

    private record Output(int status, String text) {}
}
