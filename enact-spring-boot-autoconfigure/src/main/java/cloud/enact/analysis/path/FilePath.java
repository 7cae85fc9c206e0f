package cloud.enact.analysis.path;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A path as the names it leads through, resolved without looking at the disk: {@code ~}, {@code ..}, {@code //},
 * {@code /proc/self/root}, drives and variables for home directories taken away. A name may be a pattern; what is known
 * only at run time is the pattern {@code *}. Immutable.
 *
 * @param absolute whether it begins at a root
 * @param climbs how many directories a relative path leaves before it goes down
 * @param names its names in small letters, because some disks take them so
 * @param pattern whether one of the names may be a pattern
 */
public record FilePath(boolean absolute, int climbs, List<String> names, boolean pattern) {

    /** No system opens a path of this many characters. */
    private static final int LONGEST = 32 * 1024;

    private static final int LONGEST_NAME = 255;

    /** Leave more than a project has levels, and what follows is meant from the root. */
    private static final int MANY_CLIMBS = 3;

    private static final List<String> HOME_VARIABLES = List.of(
            "$home",
            "${home}",
            "$userprofile",
            "${userprofile}",
            "%userprofile%",
            "%homepath%",
            "%homedrive%%homepath%",
            "$env:userprofile",
            "$env:home",
            "$env:homepath",
            "${env:userprofile}",
            "${env:home}");

    private static final List<String> MOUNTS = List.of("/mnt/", "/cygdrive/", "/");

    private static final List<String> HERE_VARIABLES = List.of("$pwd", "${pwd}", "%cd%", "$oldpwd", "~+");

    public FilePath {
        names = List.copyOf(names);
    }

    /**
     * The ways in which programs may read a text as a path; none when it is the address of something else. Takes time
     * proportional to the length.
     *
     * @param text hostile text; variables in it count as such
     * @param home the user's home directory, absolute
     */
    public static List<FilePath> readings(String text, String home) {
        if (text.length() > LONGEST) {
            return List.of();
        }
        String path = visible(text);
        if (path.regionMatches(true, 0, "file:", 0, 5)) {
            String decoded = PathReading.fileUrl(path);
            path = (decoded != null) ? visible(decoded) : path.substring(5);
        } else if (PathReading.hasScheme(path)) {
            return List.of();
        }
        String small = path.toLowerCase(Locale.ROOT).replace('\\', '/');
        String decoded = PathReading.hidesNames(path) ? PathReading.decoded(path) : null;
        if (decoded == null && small.indexOf('{') < 0 && small.indexOf(':') < 0) {
            return List.of(resolved(small, home));
        }
        Set<FilePath> readings = new LinkedHashSet<>(2);
        if (decoded != null) {
            readings.add(resolved(visible(decoded).toLowerCase(Locale.ROOT).replace('\\', '/'), home));
        }
        for (String spelling : Alternatives.of(small)) {
            readings.add(resolved(spelling, home));
            // HEAD:.env in git, host:.env in scp; a letter alone is a drive
            int colon = spelling.lastIndexOf(':');
            if (colon > 1 && colon + 1 < spelling.length()) {
                readings.add(resolved(spelling.substring(colon + 1), home));
            }
        }
        return List.copyOf(readings);
    }

    private static String visible(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) >= 127) {
                return normalized(text).strip();
            }
        }
        return text.strip();
    }

    private static String normalized(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFKC);
        StringBuilder visible = new StringBuilder(composed.length());
        composed.codePoints()
                .filter(c -> Character.getType(c) != Character.FORMAT && !Character.isISOControl(c))
                .forEach(visible::appendCodePoint);
        return visible.toString();
    }

    private static FilePath resolved(String spelling, String home) {
        String path = unprefixed(spelling);
        if (path.isEmpty() || "$%~".indexOf(path.charAt(0)) < 0) {
            return walked(path.startsWith("/"), Expansions.masked(path, '*'));
        }
        for (String variable : HOME_VARIABLES) {
            if (startsWithName(path, variable)) {
                return walked(true, home.toLowerCase(Locale.ROOT) + "/" + path.substring(variable.length()));
            }
        }
        for (String variable : HERE_VARIABLES) {
            if (startsWithName(path, variable)) {
                return walked(false, path.substring(variable.length()));
            }
        }
        if (path.startsWith("${home:")) {
            return walked(true, home.toLowerCase(Locale.ROOT) + "/" + path.substring(path.indexOf('}') + 1));
        }
        if (path.equals("~") || path.startsWith("~/")) {
            return walked(true, home.toLowerCase(Locale.ROOT) + "/" + path.substring(1));
        }
        if (path.length() > 1 && path.charAt(0) == '~' && Character.isLetter(path.charAt(1)) && isHomeOfUser(path)) {
            return walked(true, "/home/" + path.substring(1));
        }
        return walked(path.startsWith("/"), Expansions.masked(path, '*'));
    }

    private static boolean isHomeOfUser(String path) {
        int slash = path.indexOf('/');
        return path.substring(1, (slash < 0) ? path.length() : slash)
                .chars()
                .allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || c == '-');
    }

    private static boolean startsWithName(String path, String variable) {
        return path.startsWith(variable)
                && (path.length() == variable.length()
                        || variable.endsWith("}")
                        || variable.endsWith("%")
                        || path.charAt(variable.length()) == '/');
    }

    /** Without what names the disk: {@code \\?\C:\a}, {@code C:\a} and {@code /mnt/c/a} are {@code /a}. */
    private static String unprefixed(String spelling) {
        String path = spelling;
        if (path.startsWith("//?/") || path.startsWith("//./")) {
            path = path.substring(3);
        }
        int letter = path.startsWith("/") ? 1 : 0;
        if (path.length() > letter + 1 && path.charAt(letter + 1) == ':' && Character.isLetter(path.charAt(letter))) {
            return "/" + path.substring(letter + 2);
        }
        for (String mount : MOUNTS) {
            int drive = mount.length();
            if (path.startsWith(mount)
                    && path.length() > drive + 1
                    && Character.isLetter(path.charAt(drive))
                    && path.charAt(drive + 1) == '/'
                    && path.startsWith("users/", drive + 2)) {
                return path.substring(drive + 1);
            }
        }
        return path;
    }

    private static FilePath walked(boolean fromRoot, String path) {
        boolean absolute = fromRoot;
        int climbs = 0;
        List<String> names = new ArrayList<>(8);
        for (String name : path.split("/")) {
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            if (name.equals("..")) {
                if (!names.isEmpty()) {
                    names.remove(names.size() - 1);
                } else if (!absolute) {
                    climbs++;
                }
                continue;
            }
            names.add(trimmed(name));
            if (absolute && isProcessLink(names)) {
                absolute = !names.get(names.size() - 1).equals("cwd");
                names.clear();
            }
        }
        boolean outside = !absolute && climbs >= MANY_CLIMBS;
        return plain(absolute || outside, (absolute || outside) ? 0 : climbs, names);
    }

    /** Some systems have a second name for what everybody knows by the first. */
    private static FilePath plain(boolean absolute, int climbs, List<String> names) {
        List<String> rest = names;
        if (absolute
                && rest.size() > 2
                && rest.get(0).equals("system")
                && rest.get(1).equals("volumes")) {
            rest = rest.subList(Math.min(3, rest.size()), rest.size());
        }
        boolean secondName = absolute && rest.size() > 1 && rest.get(0).equals("private");
        rest = secondName ? rest.subList(1, rest.size()) : rest;
        boolean pattern = false;
        for (String name : rest) {
            pattern |= NameGlob.isIn(name);
        }
        return new FilePath(absolute, climbs, rest, pattern);
    }

    /** {@code /proc/self/root} is the root again, {@code /proc/1/cwd} a directory nobody knows. */
    private static boolean isProcessLink(List<String> names) {
        String last = names.get(names.size() - 1);
        return names.size() >= 3
                && names.size() <= 5
                && names.get(0).equals("proc")
                && (last.equals("root") || last.equals("cwd"));
    }

    /** Without trailing dots, blanks and the name of an NTFS stream: some systems ignore them. */
    private static String trimmed(String name) {
        int stream = name.indexOf(':');
        int end = (stream > 1) ? stream : name.length();
        while (end > 0 && ". ".indexOf(name.charAt(end - 1)) >= 0) {
            end--;
        }
        String plain = (end == 0) ? name : name.substring(0, end);
        // no file has so long a name, but a pattern that matches one may
        return (plain.length() <= LONGEST_NAME) ? plain : "*" + plain.substring(plain.length() - LONGEST_NAME);
    }

    /** The last name; empty when there is none. */
    public String last() {
        return this.names.isEmpty() ? "" : this.names.get(this.names.size() - 1);
    }

    /** Whether the last name may be this one. */
    public boolean endsWith(String name) {
        return !this.names.isEmpty() && mayBe(last(), name);
    }

    /**
     * Whether it lies below directories of these names, one in the other, wherever they stand, or is the innermost of
     * them.
     */
    public boolean isBelow(String... directories) {
        return indexBelow(directories) >= 0;
    }

    /** Index of the first name below such directories, which may be one after the last; -1 when there are none. */
    public int indexBelow(String... directories) {
        for (int from = 0; from + directories.length <= this.names.size(); from++) {
            if (leadsThrough(from, directories)) {
                return from + directories.length;
            }
        }
        return -1;
    }

    /** The first directory must be said; any but the first may be one that nobody knows. */
    private boolean leadsThrough(int from, String... directories) {
        for (int i = 0; i < directories.length; i++) {
            String name = this.names.get(from + i);
            boolean unknown = this.pattern && i > 0 && (name.equals("*") || name.equals("**"));
            if (!unknown && !mayBe(name, directories[i])) {
                return false;
            }
        }
        return true;
    }

    private boolean mayBe(String own, String name) {
        return this.pattern ? NameGlob.mayBe(own, name) : own.equals(name);
    }
}
