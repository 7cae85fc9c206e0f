package cloud.enact.hook.undo;

import cloud.enact.undo.BeyondLimitsException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
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
        PathMatcher matcher;
        try {
            // shells negate with ^ as well
            matcher = directory.getFileSystem().getPathMatcher("glob:" + name.replace("[^", "[!"));
        } catch (PatternSyntaxException ex) {
            throw new BeyondLimitsException("it can't be told what the pattern stands for");
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (++this.looked > MOST_LOOKED_AT) {
                    throw new BeyondLimitsException(
                            "more than " + MOST_LOOKED_AT + " files would have to be looked at for the pattern");
                }
                if (matcher.matches(entry.getFileName())) {
                    found.add(entry);
                }
            }
        }
        Path literal = directory.resolve(name.replace("\\", ""));
        if (Files.exists(literal, LinkOption.NOFOLLOW_LINKS) && !matcher.matches(literal.getFileName())) {
            found.add(literal);
        }
    }
}
