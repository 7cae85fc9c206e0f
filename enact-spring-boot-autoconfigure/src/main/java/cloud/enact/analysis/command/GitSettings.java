package cloud.enact.analysis.command;

import java.util.Locale;
import java.util.Set;

/** Settings of git that matter for what it does: git-config, section "variables". */
final class GitSettings {

    private static final Set<String> PROGRAMS =
            Set.of(("core.pager core.editor core.sshcommand core.fsmonitor core.hookspath core.gitproxy core.askpass "
                            + "sequence.editor diff.external credential.helper gpg.program init.templatedir "
                            + "uploadpack.packobjectshook interactive.difffilter protocol.ext.allow "
                            + "receive.procreceiverefs web.browser")
                    .split(" "));

    private static final Set<String> PROGRAM_ENDINGS = Set.of(
            "textconv",
            "clean",
            "smudge",
            "process",
            "cmd",
            "command",
            "driver",
            "uploadpack",
            "receivepack",
            "vcs",
            "program",
            "helper");

    private static final Set<String> OFF = Set.of("", "false", "no", "off", "0");

    private static final Set<String> HARMLESS = Set.of("cat", "less", "more", "true");

    private GitSettings() {}

    /** A key as it is compared: section and variable in small letters. */
    static String key(String key) {
        return key.toLowerCase(Locale.ROOT);
    }

    /** Whether git would run a program of the caller's choice. */
    static boolean runsProgram(String key, String value) {
        String name = key(key);
        if (name.startsWith("alias.")) {
            return value.startsWith("!");
        }
        boolean program = PROGRAMS.contains(name)
                || name.startsWith("pager.")
                || PROGRAM_ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1)) && name.indexOf('.') > 0;
        String small = value.toLowerCase(Locale.ROOT);
        return program && !OFF.contains(small) && !HARMLESS.contains(small);
    }

    /** Whether every push to that remote would be forced. */
    static boolean forcesPush(String key, String value) {
        String name = key(key);
        return name.startsWith("remote.")
                && (name.endsWith(".push") && value.startsWith("+")
                        || name.endsWith(".mirror") && !OFF.contains(value.toLowerCase(Locale.ROOT)));
    }
}
