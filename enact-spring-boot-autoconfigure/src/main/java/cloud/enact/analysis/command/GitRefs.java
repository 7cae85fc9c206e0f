package cloud.enact.analysis.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;

/** Reads what git operations say about refs: names in any spelling, and refspecs (git-push, section "refspec"). */
public final class GitRefs {

    private static final List<String> PREFIXES = List.of("refs/heads/", "heads/", "origin/", "upstream/");

    /** Pushes every branch whose name both sides have, or all there are. */
    private static final Set<String> ALL_BRANCHES = Set.of(":", "--all", "--mirror", "--branches");

    private GitRefs() {}

    /**
     * Returns the branches a push of this ref, refspec or list of them would update, without the prefixes that say the
     * same in a longer way. {@code *} stands for every branch.
     */
    public static List<String> targets(String text) {
        List<String> targets = new ArrayList<>(1);
        StringTokenizer tokens = new StringTokenizer(text, " \t\r\n\f,;");
        while (tokens.hasMoreTokens()) {
            String refspec = unquoted(tokens.nextToken());
            if (ALL_BRANCHES.contains(refspec)) {
                targets.add("*");
            } else if (!refspec.isEmpty() && refspec.charAt(0) != '-' && refspec.charAt(0) != '^') {
                targets.add(branch(target(refspec)));
            }
        }
        return targets;
    }

    /**
     * Returns what one refspec updates, as {@link #targets} does.
     *
     * @param refspec without quotes
     */
    static String targetOf(String refspec) {
        return branch(target(refspec));
    }

    private static String target(String refspec) {
        String plain = refspec.startsWith("+") ? refspec.substring(1) : refspec;
        if (plain.equals(":")) {
            return "*";
        }
        int colon = plain.indexOf(':');
        // "source:" without a target pushes to the branch of the same name
        return (colon >= 0 && colon + 1 < plain.length()) ? plain.substring(colon + 1) : plain.replace(":", "");
    }

    /** The branch that a ref names, without the prefixes that say the same in a longer way. */
    public static String branch(String ref) {
        String name = ref.replace('\\', '/');
        while (name.contains("//")) {
            name = name.replace("//", "/");
        }
        name = stripped(name);
        return withoutRevision(name.substring(prefixesEnd(name)));
    }

    /** Moves an index and copies nothing: a long ref may consist of prefixes only. */
    private static int prefixesEnd(String name) {
        int from = 0;
        boolean found = true;
        while (found) {
            found = false;
            for (String prefix : PREFIXES) {
                if (name.length() - from > prefix.length()
                        && name.regionMatches(true, from, prefix, 0, prefix.length())) {
                    from += prefix.length();
                    found = true;
                }
            }
            if (name.startsWith("refs/remotes/", from) || name.startsWith("remotes/", from)) {
                int slash = name.indexOf('/', name.indexOf("remotes/", from) + "remotes/".length());
                if (slash > 0 && slash + 1 < name.length()) {
                    from = slash + 1;
                    found = true;
                }
            }
        }
        return from;
    }

    private static String stripped(String name) {
        int start = 0;
        int end = name.length();
        while (start < end && name.charAt(start) == '/') {
            start++;
        }
        while (end > start && name.charAt(end - 1) == '/') {
            end--;
        }
        return name.substring(start, end);
    }

    /** {@code main~1}, {@code main^} and {@code main@{0}} are places on main. */
    private static String withoutRevision(String name) {
        int end = name.length();
        for (String mark : List.of("~", "^", "@{")) {
            int at = name.indexOf(mark);
            end = (at > 0) ? Math.min(end, at) : end;
        }
        return name.substring(0, end);
    }

    private static String unquoted(String token) {
        String text = token;
        while (text.length() > 1
                && "\"'`".indexOf(text.charAt(0)) >= 0
                && text.charAt(text.length() - 1) == text.charAt(0)) {
            text = text.substring(1, text.length() - 1);
        }
        return text;
    }
}
