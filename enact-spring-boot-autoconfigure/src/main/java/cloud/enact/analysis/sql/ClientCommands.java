package cloud.enact.analysis.sql;

import java.util.Set;

/** What psql runs itself; {@code \G} is that of mysql. */
final class ClientCommands {

    /** They look, or change how results are shown. */
    private static final Set<String> HARMLESS = SqlWords.words("x a t h q r ? timing pset conninfo errverbose encoding "
            + "echo qecho warn g gx l list z sf sv dp if elif else endif prompt f password html tuples_only");

    private ClientCommands() {}

    /**
     * Whether a command of psql does nothing to the database or the machine.
     *
     * @param command the command behind its backslash, with its arguments
     */
    static boolean isHarmless(String command) {
        if (command.indexOf('`') >= 0 || command.indexOf('|') >= 0 || command.indexOf(';') >= 0) {
            return false;
        }
        int end = 0;
        while (end < command.length() && !Character.isWhitespace(command.charAt(end))) {
            end++;
        }
        String name = command.substring(0, end);
        boolean plain = end == command.length();
        if (name.endsWith("+")) {
            name = name.substring(0, name.length() - 1);
        }
        if (name.equals("g") || name.equals("gx") || name.equals("G")) {
            // an argument is a file
            return plain;
        }
        return HARMLESS.contains(name) || isDescription(name);
    }

    /** {@code \d}, {@code \dt}, {@code \dS} and their like. */
    private static boolean isDescription(String name) {
        return name.startsWith("d") && name.length() <= 4 && name.chars().allMatch(Character::isLetter);
    }
}
