package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.analysis.shell.ShellWord;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Commands that stop a machine or what runs on it, or take down what guards it. */
final class MachineHarm {

    private static final Set<String> ACCOUNTS =
            Set.of("passwd", "usermod", "chpasswd", "gpasswd", "chage", "visudo", "vipw", "vigr", "setenforce");

    /** Whoever ends them takes along what others work with. */
    private static final Set<String> SERVICES = Set.of(
            "postgres", "mysqld", "mariadbd", "mongod", "dockerd", "containerd", "kubelet", "sshd", "systemd", "init");

    /** Directories of a machine that no container needs as a whole. */
    private static final List<String> OF_MACHINE = List.of(
            "/",
            "/etc",
            "/root",
            "/home",
            "/boot",
            "/usr",
            "/var",
            "/proc",
            "/sys",
            "/dev",
            "~",
            "$HOME",
            "${HOME}",
            // whoever speaks to it starts containers with any rights
            "/var/run/docker.sock",
            "/run/docker.sock",
            "/run/containerd/containerd.sock");

    /** With these, what is in the container is the machine. */
    private static final Set<String> ALL_RIGHTS = Set.of(
            "--privileged", "--privileged=true", "--pid=host", "--cap-add=ALL", "--cap-add=SYS_ADMIN", "--userns=host");

    private static final Set<String> CHOOSERS =
            Set.of("grep", "egrep", "fgrep", "rg", "pgrep", "pidof", "head", "tail", "sed", "lsof");

    private static final Set<String> NO_HISTORY =
            Set.of("HISTFILE=/dev/null", "HISTFILE=", "HISTSIZE=0", "HISTFILESIZE=0", "SAVEHIST=0");

    private static final Set<String> CONTAINERS = Set.of("docker", "podman", "nerdctl");

    private MachineHarm() {}

    /** What a command does to the machine, as the begin of a sentence that ends with a dot; or {@code null}. */
    static @Nullable String of(ShellCommand command) {
        if (command.hasFlag("help", "version") || command.argv().contains("help")) {
            return null;
        }
        if (stops(command)) {
            return "The command stops the machine or everything on it.";
        }
        if (stopsService(command)) {
            return "The command stops a service of the machine.";
        }
        if (opens(command)) {
            return "The command takes the rules of a firewall away.";
        }
        if (handsDiskOver(command)) {
            return "The command gives a container the machine it runs on.";
        }
        if (SystemPackages.areRemoved(command)) {
            return "The command removes what the system itself is made of.";
        }
        if (RiskyCalls.MACHINE.hold(command)) {
            return "The command changes how the machine works, what it is made of or who may use it.";
        }
        if (RootShells.areOpened(command)) {
            return "The command opens a shell that may do anything on the machine.";
        }
        if (hidesHistory(command)) {
            return "The command keeps from being recorded what is typed.";
        }
        boolean account = ACCOUNTS.contains(command.name()) && !command.hasFlag("S", "status");
        return account ? "The command changes who may do what on the machine." : null;
    }

    private static boolean stops(ShellCommand command) {
        List<String> argv = command.argv();
        return switch (command.name()) {
            case "shutdown", "reboot", "halt", "poweroff" -> !command.hasFlag("c");
            case "init", "telinit" -> argv.contains("0") || argv.contains("6");
            case "systemctl" ->
                argv.contains("poweroff")
                        || argv.contains("reboot")
                        || argv.contains("halt")
                        || argv.contains("isolate");
            // the first process, or all there are
            case "kill" -> argv.size() > 2 && Set.of("-1", "1").contains(argv.get(argv.size() - 1));
            case "killall5" -> true;
            case "pkill", "killall" ->
                command.hasFlag("u", "U", "euid", "uid", "user") && operands(command) < 2
                        || argv.stream().anyMatch(SERVICES::contains);
            case "swapoff", "rmmod" -> argv.size() > 1;
            case "modprobe" -> command.hasFlag("r", "remove");
            case "umount" -> command.hasFlag("l", "lazy", "f", "force", "a", "all");
            case "ifconfig" -> argv.contains("down");
            case "ip" ->
                argv.contains("flush") || argv.contains("link") && (argv.contains("down") || argv.contains("del"));
            case "stop-computer", "restart-computer" -> true;
            default -> false;
        };
    }

    private static long operands(ShellCommand command) {
        return command.arguments().stream()
                .filter(word -> !word.text().startsWith("-"))
                .count();
    }

    private static boolean stopsService(ShellCommand command) {
        List<String> argv = command.argv();
        boolean stops = argv.contains("stop");
        return switch (command.name()) {
            case "systemctl", "rc-service" ->
                !command.hasFlag("user") && (stops || argv.contains("disable") || argv.contains("mask"));
            case "service", "launchctl" -> stops || argv.contains("bootout") || argv.contains("unload");
            case "stop-service" -> true;
            case "sc", "net" -> argv.size() > 2 && argv.get(1).equals("stop");
            default -> false;
        };
    }

    private static boolean opens(ShellCommand command) {
        List<String> argv = command.argv();
        return switch (command.name()) {
            case "iptables", "ip6tables", "ebtables", "arptables" ->
                command.hasFlag("F", "flush", "X", "delete-chain")
                        || command.hasFlag("P", "policy") && argv.contains("ACCEPT");
            case "nft" -> argv.contains("flush") || argv.contains("delete") || argv.contains("destroy");
            case "ufw" -> argv.contains("disable") || argv.contains("reset");
            case "pfctl" -> command.hasFlag("d", "F");
            case "firewall-cmd" ->
                command.flags().stream().anyMatch(flag -> flag.startsWith("remove") || flag.startsWith("panic"));
            case "netsh" ->
                String.join(" ", argv).toLowerCase(Locale.ROOT).contains("firewall")
                        && (argv.contains("off") || argv.contains("reset"));
            default -> false;
        };
    }

    /** {@code docker run -v /:/host}. */
    private static boolean handsDiskOver(ShellCommand command) {
        if (!CONTAINERS.contains(command.name())) {
            return false;
        }
        String before = "";
        for (ShellWord word : command.arguments()) {
            String text = word.text();
            String joined = before + "=" + text;
            if (ALL_RIGHTS.contains(text) || ALL_RIGHTS.contains(joined)) {
                return true;
            }
            boolean volume = before.equals("-v") || before.equals("--volume") || before.equals("--mount");
            String value = volume ? text : text.startsWith("-v") || text.startsWith("--") ? valueOf(text) : "";
            if (isOfMachine(value)) {
                return true;
            }
            before = text;
        }
        return false;
    }

    private static boolean isOfMachine(String volume) {
        for (String directory : OF_MACHINE) {
            if (volume.startsWith(directory + ":")
                    || volume.contains("source=" + directory + ",")
                    || volume.contains("src=" + directory + ",")) {
                return true;
            }
        }
        return false;
    }

    private static String valueOf(String option) {
        int equals = option.indexOf('=');
        return (equals >= 0) ? option.substring(equals + 1) : option.startsWith("-v") ? option.substring(2) : "";
    }

    /** {@code unset HISTFILE}, {@code HISTSIZE=0}, {@code set +o history}. */
    private static boolean hidesHistory(ShellCommand command) {
        List<String> argv = command.argv();
        boolean names = argv.stream().anyMatch(word -> word.equals("HISTFILE"));
        if (command.name().equals("history") && command.hasFlag("c")
                || command.name().equals("unset") && names
                || command.name().equals("set") && argv.contains("+o") && argv.contains("history")) {
            return true;
        }
        boolean declares = Set.of("export", "declare", "typeset", "readonly").contains(command.name());
        return declares && argv.stream().anyMatch(NO_HISTORY::contains)
                || command.assignments().entrySet().stream()
                        .anyMatch(set -> NO_HISTORY.contains(
                                set.getKey() + "=" + set.getValue().text()));
    }

    /** {@code kill $(pgrep postgres)}, and {@code kill $(ps …)} of all there are. */
    static boolean endsServices(ShellFacts shell) {
        boolean kills =
                shell.commands().stream().anyMatch(command -> command.name().equals("kill"));
        boolean listed = false;
        boolean chosen = false;
        for (ShellCommand command : shell.commands()) {
            listed |= command.name().equals("ps") && command.context() == ShellCommand.Context.SUBSTITUTION;
            chosen |= CHOOSERS.contains(command.name());
        }
        if (kills && listed && !chosen) {
            return true;
        }
        return kills
                && shell.commands().stream()
                        .anyMatch(command -> Set.of("pgrep", "pidof").contains(command.name())
                                && command.argv().stream().anyMatch(SERVICES::contains));
    }

    /** {@code f() { f | f & }; f}. */
    static boolean isForkBomb(ShellFacts shell) {
        for (List<Integer> pipeline : shell.pipelines()) {
            ShellCommand first = shell.commands().get(pipeline.get(0));
            boolean same = pipeline.size() > 1
                    && !first.name().isEmpty()
                    && pipeline.stream()
                            .allMatch(
                                    index -> shell.commands().get(index).argv().equals(List.of(first.name())));
            if (same && first.context() == ShellCommand.Context.BACKGROUND) {
                return true;
            }
        }
        return false;
    }
}
