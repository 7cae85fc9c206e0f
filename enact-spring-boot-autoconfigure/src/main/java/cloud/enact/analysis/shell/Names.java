package cloud.enact.analysis.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names of programs and of options, as they are compared. */
final class Names {

    /** Programs whose long options have one dash. */
    private static final Set<String> ONE_DASH = Set.of(
            "find",
            "terraform",
            "tofu",
            "terragrunt",
            "packer",
            "vault",
            "consul",
            "nomad",
            "java",
            "openssl",
            "ffmpeg",
            "convert",
            "magick",
            "xrandr",
            "go",
            "ant",
            "keytool",
            "apachectl",
            "powershell",
            "pwsh");

    private final Unknowns unknowns;

    Names(Unknowns unknowns) {
        this.unknowns = unknowns;
    }

    /** The program that a word names. */
    String program(String text) {
        int end = text.length();
        int start = Math.max(text.lastIndexOf('/'), lastBackslash(text)) + 1;
        String name = text.substring(start, end);
        if (name.length() > 4 && name.regionMatches(true, name.length() - 4, ".exe", 0, 4)) {
            name = name.substring(0, name.length() - 4).toLowerCase(Locale.ROOT);
        }
        return this.unknowns.shown(name);
    }

    /** Only Windows separates folders so, and there names end so. */
    private static int lastBackslash(String text) {
        return text.regionMatches(true, Math.max(0, text.length() - 4), ".exe", 0, 4) ? text.lastIndexOf('\\') : -1;
    }

    /** Whether only running it tells which program it is. A folder from the environment does not hide its files. */
    boolean isDynamic(Field field) {
        if (field.glob()) {
            return true;
        }
        String text = field.text();
        if (!Unknowns.in(text)) {
            return false;
        }
        int slash = text.lastIndexOf('/');
        return slash < 0
                || slash == text.length() - 1
                || Unknowns.in(text.substring(slash))
                || !this.unknowns.onlyFromOutside(text);
    }

    /** The options among the words after a program. */
    List<String> flags(String program, List<Field> fields) {
        List<String> flags = new ArrayList<>();
        boolean whole = ONE_DASH.contains(program);
        for (int i = 1; i < fields.size(); i++) {
            String text = fields.get(i).text();
            if (text.length() < 2 || text.charAt(0) != '-') {
                continue;
            }
            if (text.equals("--")) {
                break;
            }
            if (text.charAt(1) == '-' || whole) {
                int equals = text.indexOf('=');
                int start = (text.charAt(1) == '-') ? 2 : 1;
                flags.add(this.unknowns.shown(text.substring(start, (equals < 0) ? text.length() : equals)));
            } else {
                split(text, flags);
            }
        }
        return flags;
    }

    /** Options of Windows: whole words, after a dash or a slash, in small letters. */
    List<String> foreignFlags(List<Field> fields) {
        List<String> flags = new ArrayList<>();
        for (int i = 1; i < fields.size(); i++) {
            String text = fields.get(i).text();
            boolean slash = text.length() <= 3 && text.startsWith("/");
            if (text.length() > 1 && (text.charAt(0) == '-' || slash)) {
                int colon = text.indexOf(':');
                String flag = text.substring(1, (colon < 0) ? text.length() : colon);
                flags.add(this.unknowns.shown(flag).toLowerCase(Locale.ROOT));
            }
        }
        return flags;
    }

    private static void split(String text, List<String> flags) {
        for (int at = 1; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '=' || Unknowns.isUnknown(c)) {
                return;
            }
            flags.add(String.valueOf(c));
        }
    }

    ShellWord word(Field field) {
        return new ShellWord(this.unknowns.shown(field.text()), field.isDynamic(), field.glob());
    }
}
