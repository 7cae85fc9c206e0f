package cloud.enact.analysis.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cloud.enact.receipt.ConformanceData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What bash reads without a complaint is understood, and what it refuses is a problem. */
class ShellSyntaxTests {

    private static final List<String> COMMANDS = List.of(
            "ls",
            "rm -rf \"$x\"",
            "a=1 b=$a ls > x 2>&1",
            "if ls; then rm; elif x; then y; else z; fi",
            "for i in a b; do ls; done",
            "for i; do ls; done",
            "for ((i=0;i<3;i++)); do ls; done",
            "while ls; do rm; done",
            "until ls\ndo rm\ndone",
            "case $x in (a) ls;; b|c) rm;& *) ;; esac",
            "select x in a; do ls; done",
            "f() { ls; }",
            "function g { ls; } > x",
            "h() (ls)",
            "{ ls; }",
            "(ls; rm)",
            "[[ -f x && ( a == b* || ! -z c ) ]]",
            "[[ $a =~ ^(b|c d)$ ]]",
            "((a=1+2))",
            "ls | rm |& x",
            "! ls",
            "time -p ls | rm",
            "coproc ls",
            "ls &",
            "x=(a b [3]=c)",
            "x[1]+=y",
            "declare -a z=(1 2)",
            "cat <<E\nx $a `ls`\nE",
            "cat <<'E' <<-F\n$(\nE\n\ty\n\tF",
            "cat <<< \"$x\"",
            "diff <(ls) <(rm) > >(x)",
            "echo \"${a:-\"b c\"}\" '$(x)' $'\\n' $\"y\"",
            "echo ${a##*/} ${#b} ${c[@]} ${!d} ${e/f/g} ${h:1:2} ${i^^}",
            "echo $((1+2)) $[3] $(ls $(rm)) `ls \\`rm\\``",
            "echo {a,b}{1..3} ~ *.x [a-z]?",
            "exec {fd}>x 3<&0 4>&-",
            "ls \\\n -l # comment",
            "ls &> x",
            "ls >| x",
            "export A=b",
            "$x",
            "a[ 1 + 2 ]=3",
            "trap 'ls' EXIT");

    private static final List<String> FRAMES = List.of(
            "%s",
            "%s\n%s",
            "%s && %s",
            "%s || %s",
            "%s; %s",
            "%s & %s",
            "if %s\nthen %s\nfi",
            "( %s\n%s\n)",
            "{ %s\n%s\n}",
            "f() { %s\n%s\n}",
            "for i in x; do %s\n%s\ndone",
            "echo $( %s\n ) \"$( %s\n )\"",
            "case $x in a) %s\n;; *) %s\n;; esac",
            "while %s\ndo %s\ndone",
            "! %s",
            "%s > x");

    private static final List<String> PIECES = List.of(
            "ls",
            "if",
            "then",
            "fi",
            "for",
            "in",
            "do",
            "done",
            "case",
            "esac",
            "{",
            "}",
            "(",
            ")",
            ";",
            ";;",
            "&",
            "&&",
            "||",
            "|",
            "\n",
            "<",
            ">>",
            "<<<",
            "$(",
            "\"",
            "'",
            "${a",
            "`",
            "[[",
            "]]",
            "a=",
            "=(",
            "function",
            "!");

    private final ShellAnalyzer analyzer = new ShellAnalyzer();

    @TempDir
    Path folder;

    @Test
    void agreesWithBashOnEverydayCommands() throws Exception {
        assertThat(differences(everydayCommands())).isEmpty();
    }

    /** Commands of every kind, alone and inside each other. */
    static List<String> everydayCommands() {
        Random random = new Random(4);
        Set<String> texts = new LinkedHashSet<>(COMMANDS);
        while (texts.size() < 300) {
            texts.add(String.format(choice(FRAMES, random), choice(COMMANDS, random), choice(COMMANDS, random)));
        }
        return List.copyOf(texts);
    }

    /** Only one direction: what we refuse and bash accepts costs a question, what bash refuses never runs. */
    @Test
    void refusesWhatBashRefuses() throws Exception {
        Random random = new Random(5);
        Set<String> texts = new LinkedHashSet<>();
        while (texts.size() < 300) {
            StringBuilder text = new StringBuilder(choice(COMMANDS, random));
            for (int i = random.nextInt(3); i >= 0; i--) {
                String piece = choice(PIECES, random);
                int at = random.nextInt(text.length() + 1);
                text.insert(at, (at % 2 == 0) ? ' ' + piece + ' ' : piece);
            }
            texts.add(text.toString());
        }

        assertThat(differences(List.copyOf(texts))).noneMatch(difference -> difference.startsWith("accepted"));
    }

    @Test
    void agreesWithBashOnPublicCommands() throws Exception {
        assertThat(differences(publicCommands())).isEmpty();
    }

    static List<String> publicCommands() throws IOException {
        List<String> texts = new ArrayList<>();
        Path commands = ConformanceData.folder("commands-dcg").resolve("commands.jsonl");
        for (String line : Files.readAllLines(commands)) {
            texts.add(new JsonMapper().readTree(line).get("command").asString());
        }
        return texts;
    }

    private static String choice(List<String> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }

    private List<String> differences(List<String> texts) throws Exception {
        List<Boolean> accepted = acceptedByBash(texts);
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            boolean understood = this.analyzer.analyze(texts.get(i)).understood();
            if (understood != accepted.get(i)) {
                differences.add((understood ? "accepted: " : "refused: ") + texts.get(i));
            }
        }
        return differences;
    }

    private List<Boolean> acceptedByBash(List<String> texts) throws Exception {
        for (int i = 0; i < texts.size(); i++) {
            Files.writeString(this.folder.resolve(i + ".sh"), texts.get(i));
        }
        Path script = this.folder.resolve("check");
        // a wrong test is told on the error output alone
        Files.writeString(
                script,
                "i=0; while [ -f $i.sh ]; do e=$(bash -n $i.sh 2>&1); s=$?; case $e in *conditional*) s=1;; esac;"
                        + " [ $s = 0 ]; echo $?; i=$((i+1)); done");
        Process bash;
        try {
            bash = new ProcessBuilder("bash", script.toString())
                    .directory(this.folder.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException ex) {
            assumeTrue(false, () -> "No bash here: " + ex.getMessage());
            throw ex;
        }
        String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        List<Boolean> accepted = output.lines().map("0"::equals).toList();
        assertThat(accepted).hasSameSizeAs(texts);
        return accepted;
    }
}
