package cloud.enact.policy.builtin.slack;

import cloud.enact.policy.NormalizedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where a message goes.
 *
 * @param name id or name of a channel, or of a person, in small letters and without the mark in front
 * @param direct whether only the people named can read it there
 */
record Target(String name, boolean direct) {

    private static final String PEOPLE = "@";

    private static final String ARCHIVES = "/archives/";

    /** Reads one or more channels, as people and interfaces write them. */
    static List<Target> of(String text) {
        List<Target> targets = new ArrayList<>(1);
        for (String part : NormalizedText.of(text).split("[,;\\s]+")) {
            if (!part.isEmpty()) {
                targets.add(one(part));
            }
        }
        return targets;
    }

    /** A person, whatever the text looks like. */
    static Target person(String text) {
        return new Target(one(NormalizedText.of(text)).name(), true);
    }

    private static Target one(String text) {
        String id = text;
        if (id.startsWith("<") && id.endsWith(">")) {
            // of <#C0123|general> the id counts, not the label
            int bar = id.indexOf('|');
            id = id.substring(1, (bar > 0) ? bar : id.length() - 1);
        }
        int archive = id.indexOf(ARCHIVES);
        if (archive >= 0) {
            String rest = id.substring(archive + ARCHIVES.length());
            id = rest.split("[/?#]", 2)[0];
        }
        boolean direct = id.contains(PEOPLE) || isDirectId(id) || id.startsWith("mpdm-") || id.startsWith("#mpdm-");
        String name = id.startsWith("#") || id.startsWith(PEOPLE) ? id.substring(1) : id;
        return new Target(name.toLowerCase(Locale.ROOT), direct || isDirectId(name));
    }

    /** Ids of direct messages begin with D, those of people with U or W; names of channels have no capitals. */
    private static boolean isDirectId(String text) {
        if (text.length() < 3 || "DUWduw".indexOf(text.charAt(0)) < 0) {
            return false;
        }
        boolean small = Character.isLowerCase(text.charAt(0));
        if (small && (text.charAt(1) != '0' || text.length() < 9)) {
            return false;
        }
        boolean digit = false;
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = small ? c >= 'a' && c <= 'z' : c >= 'A' && c <= 'Z';
            digit |= c >= '0' && c <= '9';
            if (!letter && (c < '0' || c > '9')) {
                return false;
            }
        }
        return digit;
    }
}
