package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.analysis.shell.ShellWord;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Commands that bring something from the network. */
final class Downloads {

    private static final Set<String> PROGRAMS = Set.of(
            ("curl wget fetch http https xh xhs aria2c lynx w3m curlie nc ncat netcat socat ftp tftp iwr irm axel "
                            + "invoke-webrequest invoke-restmethod lwp-request get bitsadmin certutil finger telnet")
                    .split(" "));

    /** Clients of stores that write an object to their output, or to a file. */
    private static final Set<String> STORES =
            Set.of("aws", "gsutil", "gcloud", "rclone", "mc", "az", "s3cmd", "ipfs", "scp", "rsync");

    private static final Set<String> COPIERS = Set.of("scp", "rsync");

    private static final Set<String> COPIES = Set.of("cp", "cat", "copy", "copyto", "get", "download", "sync");

    private Downloads() {}

    /** Indexes of all such commands: looked for once, however many pipelines a command is in. */
    static BitSet in(ShellFacts shell) {
        BitSet downloads = new BitSet();
        for (int i = 0; i < shell.commands().size(); i++) {
            downloads.set(i, isOne(shell.commands().get(i)));
        }
        return downloads;
    }

    static boolean isOne(ShellCommand command) {
        String name = command.name().toLowerCase(Locale.ROOT);
        if (PROGRAMS.contains(name)) {
            return true;
        }
        if (!STORES.contains(name)) {
            return false;
        }
        List<String> argv = command.argv();
        boolean remote =
                argv.stream().anyMatch(word -> word.contains("://") || word.indexOf(':') > 0 && word.indexOf('@') > 0);
        return remote && (COPIERS.contains(name) || argv.stream().anyMatch(COPIES::contains));
    }

    /** Whether a text that is known only at run time holds a download. */
    static boolean isIn(String text) {
        for (String program : List.of("curl", "wget", "fetch", "http", "aria2c", "iwr", "irm")) {
            int at = text.indexOf(program);
            if (at >= 0 && at + program.length() < text.length() && text.charAt(at + program.length()) == ' ') {
                return true;
            }
        }
        return false;
    }

    /** Names that a downloaded file may get: from its address, or from any other word of the command. */
    static Set<String> names(ShellCommand command) {
        Set<String> names = new HashSet<>(4);
        for (ShellWord word : command.arguments()) {
            String text = word.text();
            int query = text.indexOf('?');
            String path = (query < 0) ? text : text.substring(0, query);
            int slash = path.lastIndexOf('/');
            if (slash > 0 && slash + 1 < path.length()) {
                names.add(path.substring(slash + 1));
            }
            if (!text.startsWith("-") && !text.contains("://")) {
                names.add(text.startsWith("./") ? text.substring(2) : text);
            }
        }
        return names;
    }
}
