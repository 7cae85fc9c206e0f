package cloud.enact.connector.filesystem.git;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the commit a work tree stands on. */
final class Head {

    private static final Pattern NAME = Pattern.compile("[0-9a-f]{40}");

    /** What git takes for a branch, and less. */
    private static final Pattern BRANCH =
            Pattern.compile("refs/heads/[A-Za-z0-9_][A-Za-z0-9_.@+#-]*" + "(/[A-Za-z0-9_][A-Za-z0-9_.@+#-]*)*");

    private static final int MOST = 1024;

    private static final int LONGEST_LINE = 4096;

    private static final long LARGEST_PACKED = 32L * 1024 * 1024;

    private static final String REF = "ref: ";

    private Head() {}

    /** The commit, 40 hexadecimal digits; {@code null} when there is none yet, or nobody here can tell. */
    static @Nullable String of(GitDirectory git, Budget budget) throws IOException {
        String head = line(git.own().resolve("HEAD"), budget);
        if (head == null || !head.startsWith(REF)) {
            return commit(head);
        }
        String branch = head.substring(REF.length()).strip();
        if (branch.length() > LONGEST_LINE / 2
                || branch.contains("..")
                || !BRANCH.matcher(branch).matches()) {
            return null;
        }
        Path loose = git.common();
        for (String name : branch.split("/")) {
            if (!PlainFile.isDirectory(loose)) {
                return packed(git, branch, budget);
            }
            loose = loose.resolve(name);
        }
        String found = line(loose, budget);
        return (found != null) ? commit(found) : packed(git, branch, budget);
    }

    private static @Nullable String commit(@Nullable String text) {
        return (text != null && NAME.matcher(text).matches()) ? text : null;
    }

    private static @Nullable String line(Path file, Budget budget) throws IOException {
        byte[] bytes = PlainFile.read(file, MOST, budget);
        return (bytes != null) ? new String(bytes, StandardCharsets.ISO_8859_1).strip() : null;
    }

    /** Most branches of large repositories stand in one file, a line each. */
    private static @Nullable String packed(GitDirectory git, String branch, Budget budget) throws IOException {
        try (PlainFile opened = PlainFile.open(git.common().resolve("packed-refs"), budget)) {
            if (opened == null || opened.size() > LARGEST_PACKED) {
                return null;
            }
            try (InputStream in = new BufferedInputStream(opened.from(0), 64 * 1024)) {
                for (String line = next(in); line != null; line = next(in)) {
                    if (line.length() == 41 + branch.length() && line.charAt(40) == ' ' && line.endsWith(branch)) {
                        return commit(line.substring(0, 40));
                    }
                }
            }
        }
        return null;
    }

    private static @Nullable String next(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                return line.toString();
            }
            if (line.length() == LONGEST_LINE) {
                throw new IOException("the branches of the repository can't be read");
            }
            line.append((char) next);
        }
        return line.isEmpty() ? null : line.toString();
    }
}
