package cloud.enact.analysis.command;

import cloud.enact.analysis.shell.GitSettings;
import cloud.enact.analysis.shell.ShellWord;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what subcommands other than a push bring about in a repository: git(1) and its pages. */
final class GitSubcommands {

    private static final Set<String> COMMIT_VALUES = Set.of(
            "m",
            "message",
            "F",
            "file",
            "C",
            "reuse-message",
            "c",
            "reedit-message",
            "fixup",
            "squash",
            "author",
            "date",
            "t",
            "template",
            "trailer",
            "cleanup",
            "pathspec-from-file");

    private static final Set<String> BRANCH_VALUES =
            Set.of("u", "set-upstream-to", "points-at", "sort", "format", "contains", "no-contains");

    private static final String[] BRANCH_QUESTIONS = {
        "l",
        "list",
        "a",
        "all",
        "r",
        "remotes",
        "merged",
        "no-merged",
        "contains",
        "no-contains",
        "show-current",
        "u",
        "set-upstream-to",
        "unset-upstream",
        "edit-description",
        "points-at"
    };

    private static final Set<String> MERGE_VALUES = Set.of(
            "m",
            "s",
            "strategy",
            "X",
            "strategy-option",
            "F",
            "file",
            "into-name",
            "cleanup",
            "depth",
            "j",
            "jobs",
            "shallow-since",
            "shallow-exclude",
            "upload-pack",
            "refmap",
            "o",
            "server-option");

    private static final Set<String> OTHER_VALUES =
            Set.of("m", "message", "F", "file", "u", "local-user", "e", "exclude", "pathspec-from-file", "path", "b");

    private static final Set<String> HISTORY_FILTERS =
            Set.of("filter-branch", "filter-repo", "bfg", "replace", "fast-import");

    private final GitReading reading;

    private final Map<String, String> settings;

    private final GitReading.Session session;

    GitSubcommands(GitReading reading, Map<String, String> settings, GitReading.Session session) {
        this.reading = reading;
        this.settings = settings;
        this.session = session;
    }

    void read(String name, List<ShellWord> arguments) {
        switch (name) {
            case "branch" -> readBranch(words(arguments, BRANCH_VALUES));
            case "commit", "commit-tree", "citool" -> readCommit(words(arguments, COMMIT_VALUES));
            case "merge", "pull", "fetch" -> readMerge(name, words(arguments, MERGE_VALUES));
            case "checkout", "switch", "restore", "checkout-index" ->
                new GitCheckout(this.reading, this.session).read(name, arguments);
            case "read-tree" -> {
                GitWords words = words(arguments, Set.of("prefix", "index-output"));
                this.reading.addIf(words.has("u") && words.has("reset"), GitEffect.DISCARDS_CHANGES);
            }
            default -> readOther(name, words(arguments, OTHER_VALUES));
        }
    }

    /** The words; none at all when they only ask for help. */
    private GitWords words(List<ShellWord> arguments, Set<String> withValue) {
        GitWords words = new GitWords(arguments, withValue);
        if (words.asksForHelp()) {
            return new GitWords(List.of(), withValue);
        }
        if (words.isUncertain()) {
            this.reading.uncertain();
        }
        return words;
    }

    private void readBranch(GitWords words) {
        boolean deletes = words.has("d", "D", "delete");
        this.reading.addIf(deletes, GitEffect.DELETES_BRANCH);
        boolean forced = words.has("f", "force");
        boolean creates = !deletes
                && !words.isSeparated()
                && !words.has(BRANCH_QUESTIONS)
                && !words.operands().isEmpty();
        if (creates) {
            // a branch that gets another name has the new one last
            boolean moves = words.has("m", "M", "move", "c", "C", "copy");
            this.reading
                    .created()
                    .add(words.operands().get(moves ? words.operands().size() - 1 : 0));
        }
        this.reading.addIf(deletes && (forced || words.has("D")) || forced, GitEffect.LOSES_HISTORY);
        if (forced && !deletes && words.operands().size() > 1) {
            this.reading.mergeInto(GitRefs.branch(words.operands().get(0).text()));
        }
    }

    private void readCommit(GitWords words) {
        if (words.isDryRun("-")) {
            return;
        }
        this.reading.add(GitEffect.COMMITS);
        this.reading.addIf(words.has("amend"), GitEffect.REWRITES_HISTORY);
        List<ShellWord> messages = words.values("m", "message");
        this.reading.messages().addAll(messages);
        if (messages.isEmpty() && keepsMessage(words)) {
            this.reading.messages().add(new ShellWord("", true, false));
        }
        addPaths(words);
    }

    /** The message is somewhere else: in another commit or in a file. */
    private static boolean keepsMessage(GitWords words) {
        return words.has("F", "file", "C", "c", "reuse-message", "reedit-message", "fixup", "squash", "amend");
    }

    private void readMerge(String name, GitWords words) {
        if (words.has("abort", "continue", "quit") || words.isDryRun("-")) {
            return;
        }
        List<ShellWord> operands = words.operands();
        String current = this.session.branch();
        if (name.equals("merge")) {
            mergeInto(current, operands);
            return;
        }
        for (int i = 1; i < operands.size(); i++) {
            String refspec = operands.get(i).text();
            int colon = refspec.indexOf(':');
            if (colon >= 0 && colon + 1 < refspec.length()) {
                // main:main only follows what is there already
                String target = GitRefs.targetOf(refspec);
                if (!GitRefs.branch(refspec.substring(refspec.startsWith("+") ? 1 : 0, colon))
                                .equals(target)
                        && !refspec.contains("refs/remotes/")) {
                    this.reading.mergeInto(target);
                }
            }
        }
        if (name.equals("pull") && operands.size() > 1) {
            mergeInto(current, operands.subList(1, operands.size()));
        }
    }

    private void mergeInto(@Nullable String current, List<ShellWord> sources) {
        for (ShellWord source : sources) {
            if (current == null) {
                this.reading.add(GitEffect.MERGES);
            } else if (!GitRefs.branch(source.text()).equals(current)) {
                this.reading.mergeInto(current);
            }
        }
    }

    private void readOther(String name, GitWords words) {
        String verb = words.operands().isEmpty() ? "" : words.operands().get(0).text();
        boolean forced = words.has("f", "force");
        switch (name) {
            case "reset" -> this.reading.addIf(words.has("hard", "merge", "keep"), GitEffect.DISCARDS_CHANGES);
            case "clean" -> this.reading.addIf(!words.isDryRun("n") && (forced || cleansAnyway()), GitEffect.CLEANS);
            case "stash" -> readStash(verb);
            case "worktree", "submodule" ->
                this.reading.addIf(
                        forced && Set.of("remove", "deinit", "update").contains(verb), GitEffect.DISCARDS_CHANGES);
            case "tag" -> this.reading.addIf(forced || words.has("d", "delete"), GitEffect.CHANGES_TAG);
            case "update-ref" -> readUpdateRef(words);
            case "symbolic-ref" -> readSymbolicRef(words);
            case "reflog" ->
                this.reading.addIf(
                        Set.of("expire", "delete").contains(verb) && !words.isDryRun("n"), GitEffect.LOSES_HISTORY);
            case "gc" ->
                this.reading.addIf(
                        words.values("prune").stream()
                                .anyMatch(value -> Set.of("now", "all").contains(value.text())),
                        GitEffect.LOSES_HISTORY);
            case "prune" -> this.reading.addIf(!words.isDryRun("n"), GitEffect.LOSES_HISTORY);
            case "rebase" -> this.reading.addIf(!words.has("abort", "quit"), GitEffect.REWRITES_HISTORY);
            case "remote" -> this.reading.addIf(verb.equals("set-url"), GitEffect.REDIRECTS_REMOTE);
            case "config" -> readConfig(words);
            case "rm" -> {
                if (!words.has("cached") && !words.isDryRun("n")) {
                    addPaths(words);
                }
            }
            case "add", "stage", "mv", "blame", "annotate", "show", "cat-file", "archive" -> addPaths(words);
            case "log" -> this.reading.paths().addAll(words.has("p", "patch", "u") ? words.paths() : List.of());
            case "diff" -> {
                if (words.has("no-index")) {
                    addPaths(words);
                }
            }
            default -> this.reading.addIf(HISTORY_FILTERS.contains(name), GitEffect.REWRITES_HISTORY);
        }
    }

    private void addPaths(GitWords words) {
        this.reading.paths().addAll(words.operands());
        this.reading.paths().addAll(words.paths());
    }

    /** Without {@code -f}, git cleans only where a setting says that it may. */
    private boolean cleansAnyway() {
        return Set.of("false", "no", "off", "0")
                .contains(
                        this.settings.getOrDefault("clean.requireforce", "true").toLowerCase(Locale.ROOT));
    }

    private void readStash(String verb) {
        if (verb.equals("drop") || verb.equals("clear")) {
            this.reading.add(GitEffect.DISCARDS_CHANGES);
        }
    }

    private void readUpdateRef(GitWords words) {
        if (words.has("stdin")) {
            this.reading.uncertain();
            this.reading.add(GitEffect.DELETES_BRANCH);
            this.reading.add(GitEffect.LOSES_HISTORY);
            return;
        }
        String ref = words.operands().isEmpty() ? "" : words.operands().get(0).text();
        if (words.has("d", "delete")) {
            this.reading.add(GitEffect.LOSES_HISTORY);
            this.reading.addIf(!ref.startsWith("refs/tags/"), GitEffect.DELETES_BRANCH);
        } else if (words.operands().size() > 1) {
            this.reading.add(GitEffect.LOSES_HISTORY);
            this.reading.mergeInto(GitRefs.branch(ref));
        }
    }

    private void readSymbolicRef(GitWords words) {
        List<ShellWord> operands = words.operands();
        this.reading.addIf(words.has("d", "delete"), GitEffect.DELETES_BRANCH);
        if (operands.size() > 1 && operands.get(0).text().equals("HEAD")) {
            this.session.branch(GitRefs.branch(operands.get(1).text()));
        }
    }

    private void readConfig(GitWords words) {
        List<ShellWord> operands = words.operands();
        int from = (!operands.isEmpty() && operands.get(0).text().equals("set")) ? 1 : 0;
        if (operands.size() < from + 2 || words.has("unset", "unset-all", "get", "get-all")) {
            return;
        }
        String key = operands.get(from).text();
        String value = operands.get(from + 1).text();
        this.session.settings().put(GitSettings.key(key), value);
        this.reading.addIf(GitSettings.runsProgram(key, value), GitEffect.RUNS_PROGRAM);
        this.reading.addIf(GitSettings.forcesPush(key, value), GitEffect.REWRITES_REMOTE);
        this.reading.addIf(
                GitSettings.key(key).startsWith("remote.")
                        && GitSettings.key(key).endsWith("url"),
                GitEffect.REDIRECTS_REMOTE);
    }
}
