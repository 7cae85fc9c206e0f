package cloud.enact.analysis.shell;

import java.util.Locale;
import java.util.Set;

/** Settings of git that matter for what it does: git-config, section "variables". */
public final class GitSettings {

    /** Their value is a command line. */
    private static final Set<String> COMMANDS =
            Set.of("uploadpack.packobjectshook", "interactive.difffilter", "web.browser");

    private static final Set<String> COMMAND_ENDINGS =
            Set.of(("textconv clean smudge process cmd command driver uploadpack receivepack program sshcommand pager "
                            + "editor fsmonitor external askpass gitproxy")
                    .split(" "));

    /** Their value names a program, or says where programs are found or that they may run. */
    private static final Set<String> PROGRAMS =
            Set.of("init.templatedir protocol.ext.allow receive.procreceiverefs".split(" "));

    private static final Set<String> PROGRAM_ENDINGS = Set.of("vcs", "helper", "hookspath");

    private static final Set<String> OFF = Set.of("", "false", "no", "off", "0");

    private static final Set<String> HARMLESS = Set.of("cat", "less", "more", "true");

    private GitSettings() {}

    /** A key as it is compared: section and variable in small letters. */
    public static String key(String key) {
        return key.toLowerCase(Locale.ROOT);
    }

    /** Whether the value is a command line that git would run; for an alias it depends on the value. */
    static boolean holdsCommand(String key) {
        String name = key(key);
        return COMMANDS.contains(name) || name.startsWith("pager.") || ends(name, COMMAND_ENDINGS);
    }

    /** Whether git would run a program of the caller's choice. */
    public static boolean runsProgram(String key, String value) {
        String name = key(key);
        if (name.startsWith("alias.")) {
            return value.startsWith("!");
        }
        boolean program = holdsCommand(name) || PROGRAMS.contains(name) || ends(name, PROGRAM_ENDINGS);
        String small = value.toLowerCase(Locale.ROOT);
        return program && !OFF.contains(small) && !HARMLESS.contains(small);
    }

    private static boolean ends(String name, Set<String> endings) {
        int dot = name.lastIndexOf('.');
        return dot > 0 && endings.contains(name.substring(dot + 1));
    }

    /** Whether every push to that remote would be forced. */
    public static boolean forcesPush(String key, String value) {
        String name = key(key);
        return name.startsWith("remote.")
                && (name.endsWith(".push") && value.startsWith("+")
                        || name.endsWith(".mirror") && !OFF.contains(value.toLowerCase(Locale.ROOT)));
    }
}
