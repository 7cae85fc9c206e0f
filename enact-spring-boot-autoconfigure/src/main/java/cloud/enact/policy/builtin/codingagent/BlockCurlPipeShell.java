package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.command.FileAccess;
import cloud.enact.analysis.command.FileAccess.Kind;
import cloud.enact.analysis.shell.InlineCode;
import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Blocks running what was just downloaded. It is also the one place that asks about code nobody can read: command lines
 * that can't be understood, and programs that only show when they run.
 */
final class BlockCurlPipeShell extends CommandPolicy {

    static final String NAME = "coding-agent.block-curl-pipe-shell";

    static final String HARM = "Code that nobody has looked at runs with the rights of the agent.";

    private static final String INSTEAD = " Download it to a file, read it, and have a person run it.";

    private static final List<String> FETCHES =
            List.of(("urlopen requests.get urllib uri.open open-uri http.get https.get fetch( lwp curl downloadstring "
                            + "invoke-webrequest invoke-restmethod iwr irm downloadfile wget httpx get_contents('http "
                            + "get_contents(\"http net::http axios")
                    .split(" "));

    private static final List<String> DECODES = List.of(
            "b64decode pack('h pack(\"h fromhex unhexlify atob( 'base64') \"base64\") base64_decode decode64 frombase64string decompress"
                    .split(" "));

    private static final List<String> RUNS = List.of(
            "exec(",
            "eval(",
            "eval ",
            "exec ",
            "iex",
            "invoke-expression",
            "start-process",
            "os.system",
            "subprocess",
            "function(",
            "compile(",
            "system(",
            "execsync(",
            "execfile",
            "spawn");

    private static final Set<String> DECODERS = Set.of(
            "base64 base32 xxd openssl uudecode gunzip zcat gzip bzip2 xz zstd brotli bzcat xzcat unxz bunzip2 gpg rev tr sed awk perl"
                    .split(" "));

    /** Programs that people name by a variable. */
    private static final Set<String> CUSTOMARY = Set.of(
            ("editor visual pager browser cc cxx ld ar java javacmd python python3 node npm cargo make go mvn gradle "
                            + "php ruby perl pip cmake ninja kubectl docker git_editor gcc clang bin")
                    .split(" "));

    private static final Set<String> UNPACKERS = Set.of("tar", "unzip", "bsdtar", "cpio");

    BlockCurlPipeShell() {
        // an unreadable text is about this policy whatever it mentions
        super(NAME, "No code runs that nobody has seen.", "");
    }

    @Override
    protected @Nullable Verdict judgeShell(PolicyInputs inputs, ShellFacts shell) {
        if (RemoteShells.areIn(shell)) {
            return block(
                    "The command line lets somebody on the network run commands here. Ask a person to look into it.");
        }
        BitSet downloads = Downloads.in(shell);
        for (List<Integer> pipeline : shell.pipelines()) {
            if (isDownloadRun(pipeline, shell, downloads)) {
                return block("The command line runs what it downloads." + INSTEAD);
            }
        }
        if (isSubstituted(shell)
                || isFileRun(inputs, shell, downloads)
                || shell.inlineCode().stream().anyMatch(BlockCurlPipeShell::fetchesAndRuns)) {
            return block("The command line runs what it downloads." + INSTEAD);
        }
        for (List<Integer> pipeline : shell.pipelines()) {
            Verdict verdict = judgeUnseen(pipeline, shell);
            if (verdict != null) {
                return verdict;
            }
        }
        if (isArchiveRun(shell, downloads)
                || shell.inlineCode().stream().anyMatch(BlockCurlPipeShell::decodesAndRuns)) {
            return ask("Code runs that only shows when it is unpacked." + INSTEAD);
        }
        for (ShellCommand command : shell.commands()) {
            if (GitPrograms.areSet(command)) {
                return ask("From then on, git starts a program from elsewhere, or speaks to somebody else." + INSTEAD);
            }
            if (isEncoded(command)) {
                return ask("The command is encoded, so that nobody can read it. Write it plainly.");
            }
            if (command.dynamic() && !isCustomary(command) && !isKnownOutput(command, shell)) {
                return ask("The program " + quoted(command.name()) + " only shows when the command line runs. "
                        + "Name it.");
            }
        }
        return null;
    }

    private static boolean isDownloadRun(List<Integer> pipeline, ShellFacts shell, BitSet downloads) {
        boolean downloaded = false;
        for (int index : pipeline) {
            if (downloaded && CodeRunners.runsInput(shell.commands().get(index))) {
                return true;
            }
            downloaded |= downloads.get(index);
        }
        return false;
    }

    /** {@code x=$(curl …); eval "$x"}. */
    private static boolean isSubstituted(ShellFacts shell) {
        boolean inside = shell.commands().stream()
                .anyMatch(
                        command -> command.context() == ShellCommand.Context.SUBSTITUTION && Downloads.isOne(command));
        return inside
                && shell.commands().stream().anyMatch(command -> {
                    boolean runs = command.dynamic() || CodeRunners.isOne(command);
                    return runs
                            && command.words().stream().anyMatch(word -> word.dynamic() && Downloads.isIn(word.text()));
                });
    }

    /** A file that is downloaded first and run later. */
    private static boolean isFileRun(PolicyInputs inputs, ShellFacts shell, BitSet downloads) {
        Set<String> downloaded = new HashSet<>();
        Set<Integer> downstream = new HashSet<>();
        for (List<Integer> pipeline : shell.pipelines()) {
            boolean after = false;
            for (int index : pipeline) {
                after |= downloads.get(index);
                if (after) {
                    downstream.add(index);
                }
            }
        }
        List<FileAccess> files = inputs.commands().files();
        int file = 0;
        for (int i = 0; i < shell.commands().size(); i++) {
            ShellCommand command = shell.commands().get(i);
            if (!downloaded.isEmpty() && runsOneOf(downloaded, command)) {
                return true;
            }
            boolean brings = downloads.get(i);
            while (file < files.size() && files.get(file).command() <= i) {
                FileAccess access = files.get(file++);
                if ((brings || downstream.contains(i)) && access.command() == i && access.kind() == Kind.WRITE) {
                    downloaded.add(plain(access.path().text()));
                }
            }
            if (brings) {
                downloaded.addAll(Downloads.names(command));
            }
        }
        return false;
    }

    /** An archive that is downloaded and unpacked, and a program that may be out of it. */
    private static boolean isArchiveRun(ShellFacts shell, BitSet downloads) {
        boolean unpacked = false;
        for (List<Integer> pipeline : shell.pipelines()) {
            boolean downloaded = false;
            for (int index : pipeline) {
                ShellCommand command = shell.commands().get(index);
                unpacked |= downloaded && UNPACKERS.contains(command.name());
                downloaded |= downloads.get(index);
            }
        }
        return unpacked
                && shell.commands().stream()
                        .anyMatch(command -> !command.words().isEmpty()
                                && command.words().get(0).text().startsWith("./"));
    }

    private static boolean runsOneOf(Set<String> files, ShellCommand command) {
        if (!command.words().isEmpty()
                && files.contains(plain(command.words().get(0).text()))) {
            return true;
        }
        return CodeRunners.isOne(command)
                && command.arguments().stream().anyMatch(word -> files.contains(plain(word.text())));
    }

    private static String plain(String path) {
        return path.startsWith("./") ? path.substring(2) : path;
    }

    private static boolean fetchesAndRuns(InlineCode code) {
        String folded = code.text().toLowerCase(Locale.ROOT);
        return FETCHES.stream().anyMatch(folded::contains) && RUNS.stream().anyMatch(folded::contains);
    }

    private static boolean decodesAndRuns(InlineCode code) {
        String folded = code.text().toLowerCase(Locale.ROOT);
        return DECODES.stream().anyMatch(folded::contains) && RUNS.stream().anyMatch(folded::contains);
    }

    /** Code that is decoded, or put together, on its way into an interpreter. */
    private @Nullable Verdict judgeUnseen(List<Integer> pipeline, ShellFacts shell) {
        for (int i = 1; i < pipeline.size(); i++) {
            ShellCommand runner = shell.commands().get(pipeline.get(i));
            if (MadeStatements.areRun(pipeline, i, shell)) {
                return ask("Statements go into " + quoted(runner.name()) + " that only show when a program writes them."
                        + " Write them to a file, and read it first.");
            }
            if (!CodeRunners.runsInput(runner) || isResolved(pipeline.get(i), shell)) {
                continue;
            }
            ShellCommand before = shell.commands().get(pipeline.get(i - 1));
            boolean put = Set.of("echo", "printf").contains(before.name()) && anyDynamic(before.arguments())
                    || isBehindFile(runner) && !isBehindFile(before);
            boolean output = before.context() == ShellCommand.Context.SUBSTITUTION;
            if (put || !output && DECODERS.contains(before.name())) {
                return ask(
                        "Code goes into " + quoted(runner.name()) + " that only shows when it runs. Write it plainly.");
            }
        }
        return null;
    }

    /** {@code tee >(sh)}: it runs whatever is written to a file that is none. */
    private static boolean isBehindFile(ShellCommand command) {
        return command.context() == ShellCommand.Context.PROCESS_SUBSTITUTION;
    }

    /** Whether the text that goes in is known, so that its commands are judged for themselves. */
    private static boolean isResolved(int runner, ShellFacts shell) {
        String name = shell.commands().get(runner).name();
        for (int i = runner + 1; i < shell.commands().size(); i++) {
            ShellCommand inner = shell.commands().get(i);
            if (inner.depth() > shell.commands().get(runner).depth()
                    && inner.wrappers().contains(name)) {
                return !inner.dynamic();
            }
        }
        return false;
    }

    /** {@code powershell -EncodedCommand}, which may be shortened down to a letter. */
    private static boolean isEncoded(ShellCommand command) {
        return Set.of("powershell", "pwsh").contains(command.name().toLowerCase(Locale.ROOT))
                && command.arguments().stream()
                        .map(word -> word.text().toLowerCase(Locale.ROOT))
                        .anyMatch(word -> word.length() > 1
                                && ("-encodedcommand".startsWith(word)
                                        || "/encodedcommand".startsWith(word)
                                        || word.equals("-ec")));
    }

    private static boolean isCustomary(ShellCommand command) {
        String text = command.words().isEmpty()
                ? command.name()
                : command.words().get(0).text();
        String last = text.substring(text.lastIndexOf('/') + 1);
        if (last.chars().noneMatch(c -> "$`)*?[".indexOf(c) >= 0)) {
            // the program is known, only its directory is not
            return !last.isEmpty();
        }
        String name = text.startsWith("${") && text.endsWith("}")
                ? text.substring(2, text.length() - 1)
                : text.startsWith("$") ? text.substring(1) : "";
        int fallback = name.indexOf(':');
        return CUSTOMARY.contains((fallback < 0 ? name : name.substring(0, fallback)).toLowerCase(Locale.ROOT));
    }

    /** {@code eval "$(ssh-agent -s)"}: a program that is there tells the shell what to do. */
    private static boolean isKnownOutput(ShellCommand command, ShellFacts shell) {
        String text = command.words().isEmpty() ? "" : command.words().get(0).text();
        boolean evaluated =
                command.wrappers().contains("eval") || command.wrappers().contains("source");
        return evaluated
                && (text.startsWith("$(") || text.startsWith("`"))
                && text.indexOf('|') < 0
                && shell.commands().stream()
                        .filter(inner -> inner.context() == ShellCommand.Context.SUBSTITUTION)
                        .noneMatch(inner -> inner.dynamic()
                                || Downloads.isOne(inner)
                                || DECODERS.contains(inner.name())
                                || Set.of("cat", "echo", "printf").contains(inner.name()));
    }
}
