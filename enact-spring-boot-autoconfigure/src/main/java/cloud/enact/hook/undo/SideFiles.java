package cloud.enact.hook.undo;

import cloud.enact.analysis.shell.ShellCommand;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Files that a program changes besides those that it is given. */
final class SideFiles {

    /** Programs that put a file in another one's place, and how that one's name ends. */
    private static final Map<String, String> PACKED = Map.ofEntries(
            Map.entry("gzip", ".gz"),
            Map.entry("gunzip", ".gz"),
            Map.entry("pigz", ".gz"),
            Map.entry("unpigz", ".gz"),
            Map.entry("bzip2", ".bz2"),
            Map.entry("bunzip2", ".bz2"),
            Map.entry("xz", ".xz"),
            Map.entry("unxz", ".xz"),
            Map.entry("lzma", ".lzma"),
            Map.entry("unlzma", ".lzma"),
            Map.entry("zstd", ".zst"),
            Map.entry("unzstd", ".zst"),
            Map.entry("compress", ".Z"),
            Map.entry("uncompress", ".Z"));

    /** Programs that take an ending for copies of what they edit. */
    private static final Set<String> EDITORS = Set.of("sed", "gsed", "perl", "ruby");

    private static final Pattern COPIES = Pattern.compile("(?:-[A-Za-z]*?i|--in-place=)(.+)", Pattern.DOTALL);

    private static final int LONGEST = 64;

    private static final int MOST = 4;

    /** Programs that change files which stand in what they read. */
    private static final Set<String> UNPACK = Set.of("unzip", "patch", "cpio", "pax", "unrar", "unar");

    private static final Set<String> TAR = Set.of("tar", "bsdtar", "gtar");

    private static final Set<String> SEVEN_ZIP = Set.of("7z", "7za", "7zz", "rar");

    private static final Set<String> OF_GIT = Set.of("apply", "am", "stash");

    private static final Set<String> ONLY_LOOKS = Set.of("list", "show", "create", "store", "--check", "--stat");

    private final boolean replaces;

    private final @Nullable String packed;

    private final List<String> copies;

    /** Reads the options of a program once, because it may be given many files. */
    SideFiles(ShellCommand command) {
        this.packed = PACKED.get(command.name());
        this.replaces = this.packed != null && !command.hasFlag("c", "stdout", "to-stdout", "t", "test", "l", "list");
        this.copies = EDITORS.contains(command.name()) ? copies(command) : List.of();
    }

    private static List<String> copies(ShellCommand command) {
        Set<String> endings = new LinkedHashSet<>();
        for (String argument : command.argv()) {
            Matcher copies = COPIES.matcher(argument);
            if (argument.length() <= LONGEST
                    && copies.matches()
                    && !copies.group(1).contains("*")) {
                endings.add(copies.group(1));
            }
        }
        return endings.stream().limit(MOST).toList();
    }

    /** Whether the program puts another file in the place of what it reads. */
    boolean replaces() {
        return this.replaces;
    }

    /** The files that the program makes of one that it is given. */
    Set<String> of(String file) {
        Set<String> files = new LinkedHashSet<>();
        if (this.packed != null) {
            int dot = file.lastIndexOf('.');
            files.add(file + this.packed);
            if (dot > 0) {
                String bare = file.substring(0, dot);
                files.add(file.startsWith(".t", dot) ? bare + ".tar" : bare);
            }
        }
        this.copies.forEach(ending -> files.add(file + ending));
        return files;
    }

    /** Whether only what a command reads tells which files it changes. */
    static boolean areUnnamed(ShellCommand command) {
        List<String> argv = command.argv();
        String first = (argv.size() > 1) ? argv.get(1) : "";
        if (TAR.contains(command.name())) {
            return command.hasFlag("x", "extract", "get") || !first.startsWith("-") && first.contains("x");
        }
        if (SEVEN_ZIP.contains(command.name())) {
            return first.equals("x") || first.equals("e");
        }
        if (command.name().equals("git")) {
            return argv.stream().anyMatch(OF_GIT::contains) && argv.stream().noneMatch(ONLY_LOOKS::contains);
        }
        return UNPACK.contains(command.name()) && !command.hasFlag("l", "t", "dry-run", "list");
    }
}
