package cloud.enact.analysis.command;

import cloud.enact.analysis.path.Expansions;
import cloud.enact.analysis.shell.GitSettings;
import cloud.enact.analysis.shell.ShellWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what a push updates: git-push, sections "options" and "refspec". */
final class GitPush {

    private static final Set<String> WITH_VALUE = Set.of(
            "o", "push-option", "repo", "receive-pack", "exec", "recurse-submodules", "prefix", "P", "branch", "b");

    private static final char UNKNOWN = '\uFFFC';

    private final GitReading reading;

    private final Map<String, String> settings;

    private final GitReading.Session session;

    GitPush(GitReading reading, Map<String, String> settings, GitReading.Session session) {
        this.reading = reading;
        this.settings = settings;
        this.session = session;
    }

    void read(String subcommand, List<ShellWord> arguments) {
        GitWords words = new GitWords(arguments, WITH_VALUE);
        List<ShellWord> operands = new ArrayList<>(words.operands());
        operands.addAll(words.paths());
        if (subcommand.equals("subtree")) {
            if (operands.isEmpty() || !operands.get(0).text().equals("push")) {
                return;
            }
            operands.remove(0);
        }
        if (words.asksForHelp() || words.isDryRun("n")) {
            return;
        }
        if (words.isUncertain()) {
            this.reading.uncertain();
        }
        this.reading.add(GitEffect.PUSHES);
        boolean mirror = words.has("mirror");
        boolean forced = words.has("f", "force", "force-with-lease", "force-if-includes")
                || words.hasBeginning("force")
                || mirror;
        this.reading.addIf(forced || words.has("prune"), GitEffect.REWRITES_REMOTE);
        this.reading.addIf(words.has("prune") || mirror, GitEffect.DELETES_BRANCH);
        if (mirror || words.has("all", "branches")) {
            this.reading.push(new PushTarget("*", false, forced, false));
        }
        if (!operands.isEmpty() && operands.get(0).dynamic() && isNothingElse(operands.get(0))) {
            // a variable there may hold options and refspecs too
            this.reading.uncertain();
        }
        readRefspecs(operands, forced, words.has("d", "delete"));
        if (operands.size() < 2 && !mirror && !words.has("all", "branches", "tags")) {
            readSettings(forced);
        }
    }

    private void readRefspecs(List<ShellWord> operands, boolean forced, boolean deleted) {
        for (int i = 1; i < operands.size(); i++) {
            ShellWord word = operands.get(i);
            String text = word.dynamic() ? Expansions.masked(word.text(), UNKNOWN) : word.text();
            if (text.equals("tag") && i + 1 < operands.size()) {
                i++;
                this.reading.push(new PushTarget("refs/tags/" + operands.get(i).text(), false, forced, deleted));
                continue;
            }
            if (text.startsWith("^")) {
                continue;
            }
            String plain = text.startsWith("+") ? text.substring(1) : text;
            String target = atHead(GitRefs.targetOf(plain));
            boolean dynamic = target.indexOf(UNKNOWN) >= 0;
            boolean deletes = deleted || plain.startsWith(":") && plain.length() > 1;
            this.reading.push(new PushTarget(
                    dynamic ? word.text() : target, dynamic, forced || text.length() > plain.length(), deletes));
        }
    }

    /** What a push without refspecs updates, as far as that line says it. */
    private void readSettings(boolean forced) {
        boolean told = false;
        for (Map.Entry<String, String> setting : this.settings.entrySet()) {
            String key = setting.getKey();
            String value = setting.getValue();
            this.reading.addIf(GitSettings.forcesPush(key, value), GitEffect.REWRITES_REMOTE);
            if (key.startsWith("remote.") && key.endsWith(".push")) {
                this.reading.push(new PushTarget(atHead(GitRefs.targetOf(value)), false, forced, false));
                told = true;
            } else if (key.equals("push.default") && value.equalsIgnoreCase("matching")) {
                this.reading.push(new PushTarget("*", false, forced, false));
                told = true;
            }
        }
        String branch = this.session.branch();
        if (!told && branch != null) {
            this.reading.push(new PushTarget(branch, false, forced, false));
        }
    }

    private String atHead(String target) {
        String branch = this.session.branch();
        return (branch != null && (target.equalsIgnoreCase("HEAD") || target.equals("@"))) ? branch : target;
    }

    private static boolean isNothingElse(ShellWord word) {
        return Expansions.masked(word.text(), UNKNOWN).length() == 1;
    }
}
