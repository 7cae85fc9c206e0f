package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.shell.InlineCode;
import cloud.enact.analysis.shell.Redirection;
import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellFacts;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Command lines that give somebody on the network a shell of this machine. */
final class RemoteShells {

    private static final Set<String> PIPES = Set.of("nc", "ncat", "netcat", "telnet", "socat", "openssl", "cryptcat");

    private RemoteShells() {}

    static boolean areIn(ShellFacts shell) {
        if (shell.commands().stream().anyMatch(RemoteShells::isOne)
                || shell.inlineCode().stream().anyMatch(RemoteShells::isOne)) {
            return true;
        }
        for (List<Integer> pipeline : shell.pipelines()) {
            boolean shellBefore = false;
            for (int index : pipeline) {
                ShellCommand command = shell.commands().get(index);
                if (shellBefore && PIPES.contains(command.name())) {
                    return true;
                }
                shellBefore |= CodeRunners.isShell(command) && CodeRunners.runsInput(command);
            }
        }
        return false;
    }

    private static boolean isOne(ShellCommand command) {
        if (opensSocket(command)
                && (CodeRunners.isOne(command) || command.name().equals("exec"))) {
            return true;
        }
        if (!PIPES.contains(command.name())) {
            return false;
        }
        boolean executes =
                command.hasFlag("e", "exec", "sh-exec", "c") && !command.name().equals("openssl");
        return executes
                        && command.arguments().stream()
                                .anyMatch(word -> word.text().contains("sh")
                                        || word.text().contains("cmd"))
                || command.argv().stream()
                        .map(word -> word.toLowerCase(Locale.ROOT))
                        .anyMatch(word -> word.startsWith("exec:") || word.startsWith("system:"));
    }

    private static boolean opensSocket(ShellCommand command) {
        for (Redirection redirection : command.redirections()) {
            String target = redirection.target().text();
            if (target.startsWith("/dev/tcp/") || target.startsWith("/dev/udp/")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOne(InlineCode code) {
        String folded = code.text().toLowerCase(Locale.ROOT);
        if (folded.contains("/inet/tcp/") || folded.contains("/inet/udp/") || folded.contains("sockets.tcpclient")) {
            return true;
        }
        boolean socket = folded.contains("socket")
                || folded.contains("net.connect")
                || folded.contains("tcpsocket")
                || folded.contains("fsockopen")
                || folded.contains("net.createconnection");
        return socket
                && List.of("dup2", "pty", "/bin/sh", "/bin/bash", "exec(", "subprocess", "spawn(", "cmd.exe").stream()
                        .anyMatch(folded::contains);
    }
}
