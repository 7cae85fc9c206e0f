package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.shell.ShellCommand;
import java.util.List;
import java.util.Set;

/** Packages without which a machine does not start, or lets nobody in. */
final class SystemPackages {

    private static final Set<String> MANAGERS =
            Set.of("apt", "apt-get", "aptitude", "dpkg", "yum", "dnf", "rpm", "zypper", "pacman", "apk");

    private static final Set<String> REMOVALS = Set.of(
            "remove",
            "purge",
            "autoremove",
            "erase",
            "del",
            "rm",
            "-r",
            "-R",
            "-Rns",
            "-Rs",
            "-e",
            "--purge",
            "--remove");

    private static final Set<String> ANYTHING =
            Set.of("--force-all", "--allow-remove-essential", "--nodeps", "--force-remove-essential", "--purge-all");

    private static final List<String> NAMES = List.of(
            "linux-image",
            "linux-generic",
            "kernel",
            "systemd",
            "libc6",
            "glibc",
            "openssh-server",
            "sudo",
            "bash",
            "coreutils",
            "grub",
            "dpkg",
            "apt",
            "rpm",
            "pacman",
            "musl",
            "busybox",
            "util-linux",
            "login",
            "network-manager",
            // what others on the machine are made of, or keep their data in
            "python3",
            "perl",
            "openssl",
            "libssl",
            "ca-certificates",
            "postgresql",
            "mysql-server",
            "mariadb-server",
            "mongodb-org",
            "redis-server",
            "docker-ce",
            "containerd");

    private SystemPackages() {}

    static boolean areRemoved(ShellCommand command) {
        List<String> argv = command.argv();
        if (!MANAGERS.contains(command.name()) || argv.stream().noneMatch(REMOVALS::contains)) {
            return false;
        }
        return argv.stream().anyMatch(ANYTHING::contains)
                || argv.stream()
                        .skip(1)
                        .anyMatch(word -> NAMES.stream()
                                .anyMatch(name -> word.equals(name)
                                        || word.startsWith(name + "-")
                                        || word.startsWith(name + "*")));
    }
}
