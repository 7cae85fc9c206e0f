package cloud.enact.hook.undo;

import cloud.enact.undo.BeyondLimitsException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.PatternSyntaxException;

/** Finds what a shell will put in place of a pattern. It may find more, such as hidden files, but not less. */
final class Globs {

    private static final int MOST_LOOKED_AT = 20_000;

    private int looked;

    /**
     * The paths that a pattern stands for; the pattern itself when there is none, as shells have it.
     *
     * @param from the absolute directory the pattern is relative to
     * @throws BeyondLimitsException when it is too much, or a pattern that only some shells know
     */
    List<Path> expand(Path from, String pattern) throws IOException {
        if (pattern.contains("**") || pattern.contains("(")) {
            throw new BeyondLimitsException("it depends on the shell what the pattern stands for");
        }
        List<Path> found = List.of(pattern.startsWith("/") ? from.getRoot() : from);
        for (String name : pattern.split("/")) {
            if (!name.isEmpty()) {
                found = next(found, name);
            }
        }
        return found;
    }

    /**
     * The paths that a find may hand on: whatever has a name that fits the last one of the pattern, in whatever case and
     * depth below the others.
     */
    List<Path> below(Path from, String pattern) throws IOException {
        int slash = pattern.lastIndexOf('/');
        String name = pattern.substring(slash + 1).toLowerCase(Locale.ROOT);
        // a word of the analysis that stands for what it can't tell, and expressions of fd
        if (name.equals("found") || name.chars().anyMatch(c -> "$|+^(\\".indexOf(c) >= 0)) {
            throw new BeyondLimitsException("its place is known only when the command runs");
        }
        PathMatcher matcher = matcher(from, name);
        List<Path> found = new ArrayList<>();
        Deque<Path> directories = new ArrayDeque<>(expand(from, (slash < 0) ? "." : pattern.substring(0, slash + 1)));
        while (!directories.isEmpty()) {
            Path directory = directories.pop();
            if (!Files.isDirectory(directory)) {
                continue;
            }
            try (DirectoryStream<Path> entries = list(directory)) {
                for (Path entry : entries) {
                    count();
                    if (matcher.matches(from.getFileSystem()
                            .getPath(entry.getFileName().toString().toLowerCase(Locale.ROOT)))) {
                        found.add(directory.resolve(entry.getFileName()));
                    }
                    if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                        directories.push(directory.resolve(entry.getFileName()));
                    }
                }
            }
        }
        return found;
    }

    /** By its own entry of itself, because opening a pipe that was put in its place would wait for a writer. */
    private static DirectoryStream<Path> list(Path directory) throws IOException {
        return Files.newDirectoryStream(directory.resolve("."));
    }

    private static PathMatcher matcher(Path directory, String name) throws BeyondLimitsException {
        try {
            // shells negate with ^ as well
            return directory.getFileSystem().getPathMatcher("glob:" + name.replace("[^", "[!"));
        } catch (PatternSyntaxException ex) {
            throw new BeyondLimitsException("it can't be told what the pattern stands for");
        }
    }

    private void count() throws BeyondLimitsException {
        if (++this.looked > MOST_LOOKED_AT) {
            throw new BeyondLimitsException(
                    "more than " + MOST_LOOKED_AT + " files would have to be looked at for the pattern");
        }
    }

    private List<Path> next(List<Path> directories, String name) throws IOException {
        List<Path> found = new ArrayList<>();
        boolean plain = name.chars().noneMatch(c -> "*?[{\\".indexOf(c) >= 0);
        for (Path directory : directories) {
            if (plain) {
                found.add(directory.resolve(name));
            } else if (Files.isDirectory(directory)) {
                match(directory, name, found);
            }
        }
        return found;
    }

    private void match(Path directory, String name, List<Path> found) throws IOException {
        PathMatcher matcher = matcher(directory, name);
        try (DirectoryStream<Path> entries = list(directory)) {
            for (Path entry : entries) {
                count();
                if (matcher.matches(entry.getFileName())) {
                    found.add(directory.resolve(entry.getFileName()));
                }
            }
        }
        Path literal = directory.resolve(name.replace("\\", ""));
        if (Files.exists(literal, LinkOption.NOFOLLOW_LINKS) && !matcher.matches(literal.getFileName())) {
            found.add(literal);
        }
    }
}
