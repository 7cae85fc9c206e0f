package cloud.enact.analysis.command;

import cloud.enact.analysis.command.FileAccess.Kind;
import cloud.enact.analysis.shell.InlineCode;
import cloud.enact.analysis.shell.ShellWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Files that code of a scripting language names where it calls the well-known functions of its library. One pass over
 * the text; strings and comments are told apart as these languages have them in common.
 */
final class CodeFiles {

    private static final Set<String> LANGUAGES = Set.of(
            "python",
            "javascript",
            "perl",
            "ruby",
            "php",
            "node",
            "typescript",
            "deno",
            "bun",
            "go",
            "r",
            "groovy",
            "lua");

    /** Delete files, whatever they are called on. */
    private static final Set<String> DELETES = Set.of(
            ("rmtree unlink unlinksync rmdir rmdirsync removedirs rmsync rm_rf rm_r rm_f remove_dir remove_entry "
                            + "remove_entry_secure remove_tree rimraf rimrafsync deltree emptydir emptydirsync "
                            + "removesync rmrf deletedirectory removeall deletedir")
                    .split(" "));

    /** Delete what they are called on, which is a file for these only. */
    private static final Set<String> DELETES_OF = Set.of("remove", "delete", "rm");

    private static final Set<String> FILE_LIBRARIES =
            Set.of("os", "fs", "fse", "fsp", "deno", "file", "files", "fileutils", "shutil", "dir", "promises", "path");

    private static final Set<String> TREES = Set.of(
            ("rmtree rm_rf rm_r remove_dir remove_entry remove_entry_secure remove_tree rimraf rimrafsync deltree "
                            + "emptydir emptydirsync removesync rmrf removedirs removeall deletedir")
                    .split(" "));

    /** Delete trees when they are told so. */
    private static final Set<String> MAY_BE_TREES = Set.of("rmsync", "rm", "rmdirsync", "remove", "unlink");

    /** Name what is in a directory, so that what deletes one of those deletes all. */
    private static final Set<String> LISTS =
            Set.of("listdir scandir iterdir glob iglob rglob walk readdirsync readdir globsync each_child".split(" "));

    private static final int LONGEST_PATH = 4096;

    private final String text;

    private final InlineCode code;

    private final WorkingDirectory directory;

    private final List<FileAccess> files = new ArrayList<>();

    private @Nullable String lastLiteral;

    private @Nullable Kind pending;

    private boolean pendingTree;

    private int pendingStart;

    private boolean deletes;

    private boolean lists;

    private @Nullable String listed;

    private CodeFiles(InlineCode code, WorkingDirectory directory) {
        this.code = code;
        this.directory = directory;
        this.text = code.text();
    }

    static List<FileAccess> of(InlineCode code, WorkingDirectory directory) {
        return LANGUAGES.contains(code.language()) ? new CodeFiles(code, directory).read() : List.of();
    }

    private List<FileAccess> read() {
        boolean slashes = this.code.language().startsWith("j")
                || this.code.language().equals("php")
                || this.code.language().equals("node");
        int at = 0;
        while (at < this.text.length()) {
            char c = this.text.charAt(at);
            if (c == '\'' || c == '"' || c == '`') {
                at = literal(at);
            } else if (c == '#' && !slashes || slashes && this.text.startsWith("//", at)) {
                int end = this.text.indexOf('\n', at);
                at = (end < 0) ? this.text.length() : end;
            } else if (c == ';' || c == '\n') {
                endStatement(at);
                at++;
            } else if (Character.isLetter(c) || c == '_') {
                at = name(at);
            } else {
                at++;
            }
        }
        endStatement(this.text.length());
        if (this.deletes && this.listed != null) {
            String last = this.listed.substring(this.listed.lastIndexOf('/') + 1);
            boolean narrowed = last.indexOf('*') >= 0 && last.chars().anyMatch(c -> c != '*' && c != '.');
            if (!narrowed) {
                this.pendingTree = true;
                add(Kind.DELETE, withoutPattern(this.listed), false);
            }
        }
        return this.files;
    }

    private static String withoutPattern(String pattern) {
        int star = pattern.indexOf('*');
        String directory = (star < 0) ? pattern : pattern.substring(0, star);
        return directory.isEmpty() ? "." : directory;
    }

    private int literal(int start) {
        char quote = this.text.charAt(start);
        StringBuilder value = new StringBuilder();
        int at = start + 1;
        while (at < this.text.length() && this.text.charAt(at) != quote) {
            if (this.text.charAt(at) == '\\') {
                at++;
            }
            if (at < this.text.length()) {
                value.append(this.text.charAt(at));
            }
            at++;
        }
        String before = this.lastLiteral;
        this.lastLiteral = value.toString();
        if (this.lists) {
            // Path("data").rglob("*")
            boolean below = before != null && this.lastLiteral.indexOf('/') < 0 && this.lastLiteral.startsWith("*");
            this.listed = below ? before + "/" + this.lastLiteral : this.lastLiteral;
            this.lists = false;
            return at + 1;
        }
        if (this.pending == null && DELETES.contains(this.lastLiteral)) {
            // array_map('unlink', …)
            this.pending = Kind.DELETE;
            this.pendingStart = start;
            this.deletes = true;
            return at + 1;
        }
        if (this.pending != null) {
            Kind kind = this.pending;
            String rest =
                    this.text.substring(Math.min(at + 1, this.text.length()), Math.min(at + 12, this.text.length()));
            boolean writes = kind == Kind.READ && opensForWriting(rest);
            add(writes ? Kind.WRITE : kind, this.lastLiteral, isDynamic(quote, this.lastLiteral));
            this.pending = null;
        }
        return at + 1;
    }

    /** The mode of open: {@code open('x', 'w')}. */
    private static boolean opensForWriting(String rest) {
        int quote = Math.max(rest.indexOf('\''), rest.indexOf('"'));
        int comma = rest.indexOf(',');
        int first = (rest.indexOf('\'') >= 0) ? rest.indexOf('\'') : rest.indexOf('"');
        return comma >= 0 && quote > comma && first + 1 < rest.length() && "wax>".indexOf(rest.charAt(first + 1)) >= 0;
    }

    private static boolean isDynamic(char quote, String value) {
        return quote != '\'' && (value.contains("${") || value.contains("#{") || value.startsWith("$"));
    }

    private int name(int start) {
        int at = start;
        while (at < this.text.length()
                && (Character.isLetterOrDigit(this.text.charAt(at)) || this.text.charAt(at) == '_')) {
            at++;
        }
        String name = this.text.substring(start, at).toLowerCase(Locale.ROOT);
        Kind kind = kind(name, start);
        this.deletes |= kind == Kind.DELETE;
        if (LISTS.contains(name) && isCalled(at)) {
            this.lists = !this.text.startsWith("()", at);
            if (!this.lists && this.lastLiteral != null) {
                this.listed = this.lastLiteral;
            }
            return at;
        }
        if (kind != null && isCalled(at)) {
            endStatement(start);
            this.pending = kind;
            this.pendingStart = start;
            this.pendingTree = TREES.contains(name) || MAY_BE_TREES.contains(name) && this.text.contains("recursive");
            boolean empty = this.text.startsWith("()", at) || name.equals("write_text") || name.equals("write_bytes");
            if (empty && this.lastLiteral != null) {
                // Path("x").unlink()
                add(kind, this.lastLiteral, false);
                this.pending = null;
            }
        }
        return at;
    }

    private @Nullable Kind kind(String name, int start) {
        if (DELETES.contains(name) || DELETES_OF.contains(name) && FILE_LIBRARIES.contains(qualifier(start))) {
            return Kind.DELETE;
        }
        if (name.contains("write") || name.equals("file_put_contents") || name.equals("appendfile")) {
            return Kind.WRITE;
        }
        boolean reads = name.equals("open")
                || name.startsWith("read")
                || name.equals("file_get_contents")
                || name.equals("createreadstream")
                || name.equals("slurp")
                || name.equals("readfile")
                || name.equals("load_dotenv")
                || name.equals("copyfile")
                || name.equals("copyfilesync")
                || name.equals("copy") && FILE_LIBRARIES.contains(qualifier(start));
        return reads ? Kind.READ : null;
    }

    private String qualifier(int start) {
        int end = start;
        while (end > 0
                && (this.text.charAt(end - 1) == '.'
                        || this.text.charAt(end - 1) == ':'
                        || this.text.charAt(end - 1) == '>'
                        || this.text.charAt(end - 1) == '-')) {
            end--;
        }
        int from = end;
        while (from > 0 && Character.isLetterOrDigit(this.text.charAt(from - 1))) {
            from--;
        }
        boolean required = from == end && end > 0 && this.text.charAt(end - 1) == ')' && this.text.contains("require");
        return required
                ? "fs"
                : (end == start) ? "" : this.text.substring(from, end).toLowerCase(Locale.ROOT);
    }

    private boolean isCalled(int end) {
        int at = end;
        while (at < this.text.length() && this.text.charAt(at) == ' ') {
            at++;
        }
        return at < this.text.length()
                && ("('\"".indexOf(this.text.charAt(at)) >= 0 || at > end && Character.isLetter(this.text.charAt(at)));
    }

    /** A call without a literal works on something that only shows when it runs. */
    private void endStatement(int end) {
        if (this.pending == Kind.DELETE) {
            String source = this.text.substring(this.pendingStart, Math.min(end, this.pendingStart + 60));
            add(Kind.DELETE, source, true);
        }
        this.pending = null;
    }

    private void add(Kind kind, String path, boolean dynamic) {
        boolean plausible = path.length() < LONGEST_PATH
                && !path.isEmpty()
                && (kind == Kind.DELETE || path.indexOf(' ') < 0 && path.indexOf('\n') < 0);
        if (plausible) {
            this.files.add(new FileAccess(
                    kind,
                    this.directory.resolve(new ShellWord(
                            path, dynamic || this.code.dynamic() && path.indexOf('$') >= 0, path.indexOf('*') >= 0)),
                    this.pendingTree,
                    this.code.command()));
        }
    }
}
