package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.command.CommandFacts;
import cloud.enact.analysis.command.FileAccess;
import cloud.enact.analysis.shell.Redirection;
import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.analysis.shell.ShellWord;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Commands that send what is on this machine to somebody on the network. */
final class SentData {

    private static final Set<String> PLAIN = Set.of("nc", "ncat", "netcat", "socat", "telnet");

    private static final Set<String> WEB = Set.of("curl", "wget", "http", "https", "xh", "xhs", "curlie");

    /** What they write stands in the command line itself. */
    private static final Set<String> WRITTEN_OUT = Set.of("echo", "printf", "yes", "");

    private static final Set<String> SENDERS = Set.of(
            ("curl wget http https xh xhs curlie nc ncat netcat socat telnet scp rsync ftp sftp tftp mail rclone aws "
                            + "gsutil gcloud az")
                    .split(" "));

    /** More files than these are not followed through a command line. */
    private static final int MOST_KEPT = 16;

    private static final Set<String> PACKERS = Set.of("tar", "gtar", "bsdtar", "zip", "7z", "7zz", "git");

    private static final Set<String> DUMPERS = Set.of(
            ("tar gtar bsdtar zip 7z pg_dump pg_dumpall mysqldump mariadb-dump mongodump history xclip pbpaste xsel "
                            + "wl-paste env printenv dmesg journalctl")
                    .split(" "));

    private static final List<String> ARCHIVES =
            List.of(".zip", ".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz", ".7z", ".bundle");

    private static final Set<String> LISTERS = Set.of("env", "printenv", "set", "export", "declare");

    private static final List<String> TOLD = List.of(
            "env",
            "printenv",
            "set)",
            "export",
            "declare",
            "history",
            "git config",
            "crontab -l",
            "pbpaste",
            "gh auth token",
            "glab auth",
            "gcloud auth print",
            "aws configure",
            "op read",
            "vault ",
            "aws secretsmanager",
            "security find");

    /** Whom a program logs in to should know what it logs in with. */
    private static final String LOGIN = "authorization:";

    private static final Set<String> LOOKUPS =
            Set.of("dig", "nslookup", "host", "drill", "ping", "ping6", "delv", "kdig", "getent", "resolvectl");

    private static final List<String> DUMPS = List.of(
            ".sql", ".sql.gz", ".dump", ".db", ".sqlite", ".sqlite3", ".kdbx", ".rdb", ".bak", ".tfstate", ".mdb");

    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "::1", "[::1]", "0.0.0.0");

    private SentData() {}

    /** What is sent, as a reason; or {@code null}. */
    static @Nullable String in(CommandFacts commands, ShellFacts shell, DeletedPlaces places) {
        for (List<Integer> pipeline : shell.pipelines()) {
            for (int i = 1; i < pipeline.size(); i++) {
                ShellCommand before = shell.commands().get(pipeline.get(i - 1));
                ShellCommand next = shell.commands().get(pipeline.get(i));
                if (WEB.contains(next.name()) && takesInput(next) && dumps(pipeline.subList(0, i), shell)) {
                    return reason("a database, an archive or what was typed");
                }
                if (!WRITTEN_OUT.contains(before.name())
                        && isConnection(shell.commands().get(pipeline.get(i)))) {
                    return reason("what " + before.name() + " writes");
                }
            }
        }
        for (ShellCommand command : shell.commands()) {
            for (Redirection redirection : command.redirections()) {
                boolean file = redirection.reads() && isConnection(command);
                if (file || !WRITTEN_OUT.contains(command.name()) && isSocket(redirection)) {
                    return reason("data");
                }
            }
        }
        if (shell.commands().stream().anyMatch(SentData::opensTunnel)) {
            return "The command opens a way into this machine from another one. Ask a person.";
        }
        if (sendsEnvironment(shell)) {
            return reason("the variables of the environment, or what it packed,");
        }
        if (shell.commands().stream().anyMatch(SentData::asksForData)) {
            return "The name that the command looks up holds data, which somebody else gets to see. Ask a person.";
        }
        boolean away = commands.hosts().stream().anyMatch(host -> !isHere(host));
        for (FileAccess access : away ? commands.files() : List.<FileAccess>of()) {
            if (access.kind() == FileAccess.Kind.READ
                    && WEB.contains(shell.commands().get(access.command()).name())
                    && places.of(access.path()).compareTo(DeletedPlace.ELSEWHERE) >= 0) {
                return reason("a file that is none of the project");
            }
            if (access.kind() == FileAccess.Kind.READ
                    && WEB.contains(shell.commands().get(access.command()).name())
                    && DUMPS.stream().anyMatch(access.path().text().toLowerCase(Locale.ROOT)::endsWith)) {
                return reason("a database or a copy of one");
            }
        }
        return null;
    }

    private static boolean takesInput(ShellCommand command) {
        return command.argv().stream()
                .anyMatch(word -> word.equals("-") || word.endsWith("@-") || word.endsWith("=-") || word.equals("-T-"));
    }

    private static boolean dumps(List<Integer> before, ShellFacts shell) {
        return before.stream()
                .limit(MOST_KEPT)
                .map(index -> shell.commands().get(index))
                .anyMatch(command -> DUMPERS.contains(command.name())
                        || command.name().equals("git") && command.argv().contains("bundle"));
    }

    private static String reason(String what) {
        return "The command sends " + what + " to somebody on the network. Ask a person whether it may leave.";
    }

    /** {@code curl -d "$(env)" …}, and {@code env > f; curl -T f …}. */
    private static boolean sendsEnvironment(ShellFacts shell) {
        Set<String> kept = new HashSet<>();
        boolean inside = false;
        for (ShellCommand command : shell.commands()) {
            boolean lists = LISTERS.contains(command.name())
                    && command.arguments().stream().allMatch(word -> word.text().startsWith("-"));
            inside |= command.context() == ShellCommand.Context.SUBSTITUTION;
            for (Redirection redirection : command.redirections()) {
                if (kept.size() < MOST_KEPT
                        && (lists || PACKERS.contains(command.name()))
                        && redirection.writes()
                        && redirection.target().text().length() > 1) {
                    kept.add(redirection.target().text());
                }
            }
            if (PACKERS.contains(command.name())) {
                packed(command, kept);
            }
            boolean sends = WEB.contains(command.name()) || PLAIN.contains(command.name());
            boolean whole = sends && command.arguments().stream().anyMatch(SentData::holdsEnvironment);
            if (inside && whole
                    || sends
                            && kept.stream()
                                    .anyMatch(file -> command.arguments().stream()
                                            .anyMatch(word -> word.text().contains(file)))) {
                return true;
            }
        }
        return inside
                && shell.commands().stream()
                        .anyMatch(command -> SENDERS.contains(command.name())
                                && command.arguments().stream().anyMatch(SentData::holdsEnvironment));
    }

    /** The archive that a command makes. */
    private static void packed(ShellCommand command, Set<String> kept) {
        boolean unpacks =
                command.hasFlag("x", "extract", "t", "list") || command.name().startsWith("un");
        for (ShellWord word : unpacks ? List.<ShellWord>of() : command.arguments()) {
            String text = word.text().toLowerCase(Locale.ROOT);
            if (ARCHIVES.stream().anyMatch(text::endsWith) && text.indexOf('/') >= 0 && kept.size() < MOST_KEPT) {
                kept.add(word.text());
            }
        }
    }

    private static boolean holdsEnvironment(ShellWord word) {
        return word.dynamic()
                && !word.text().regionMatches(true, 0, LOGIN, 0, LOGIN.length())
                && TOLD.stream()
                        .anyMatch(told ->
                                word.text().contains("$(" + told) || word.text().contains("`" + told));
    }

    /** {@code dig $(…).name.example}: whoever answers for the name reads what stands in front of it. */
    private static boolean asksForData(ShellCommand command) {
        return LOOKUPS.contains(command.name())
                && command.arguments().stream()
                        .anyMatch(word -> word.dynamic()
                                && (word.text().contains(").") || word.text().contains("`.")));
    }

    private static boolean opensTunnel(ShellCommand command) {
        return RiskyCalls.WAYS_IN.hold(command)
                || command.name().equals("ssh") && command.hasFlag("R")
                || command.name().equals("ngrok") && command.words().size() > 2;
    }

    /** A connection to elsewhere that takes whatever it is given. */
    private static boolean isConnection(ShellCommand command) {
        return PLAIN.contains(command.name())
                && !command.hasFlag("l", "listen", "z", "h", "help")
                && command.arguments().stream()
                        .noneMatch(word -> HERE.stream()
                                .anyMatch(here ->
                                        word.text().equals(here) || word.text().contains(":" + here + ":")));
    }

    private static boolean isSocket(Redirection redirection) {
        String target = redirection.target().text();
        int end = target.indexOf('/', "/dev/tcp/".length());
        return redirection.writes()
                && (target.startsWith("/dev/tcp/") || target.startsWith("/dev/udp/"))
                && end > 0
                && !isHere(target.substring("/dev/tcp/".length(), end));
    }

    private static boolean isHere(String host) {
        return HERE.contains(host) || host.startsWith("127.");
    }
}
