package cloud.enact.policy.builtin.git;

import cloud.enact.analysis.command.GitCommand;
import cloud.enact.analysis.shell.ShellAnalyzer;
import cloud.enact.policy.InputName;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.builtin.ArgumentTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds the calls of git in the command lines of a call, and in the words that a tool for git hands to it. */
final class GitCalls {

    private static final ShellAnalyzer SHELL = new ShellAnalyzer();

    private static final Set<String> SUBCOMMANDS =
            Set.of("push merge branch commit reset clean checkout switch restore pull rebase tag stash".split(" "));

    private static final Set<String> METHODS = Set.of("method", "httpmethod", "verb");

    private static final Set<String> DELETES = Set.of("delete");

    private static final int LONGEST_WORDS = 64 * 1024;

    private GitCalls() {}

    /** The calls, in order; a call may be there twice, as each of the ways to read it. */
    static List<GitCommand> in(PolicyInputs inputs) {
        boolean none = !inputs.has(InputName.COMMAND) && !inputs.has(InputName.URL);
        return none ? List.of() : inputs.found(GitCalls.class, GitCalls::find);
    }

    private static List<GitCommand> find(PolicyInputs inputs) {
        List<String> texts = inputs.texts(InputName.COMMAND);
        List<GitCommand> calls = new ArrayList<>(inputs.commands().git());
        if (inputs.has(InputName.URL)) {
            addRequests(calls, inputs);
        }
        if (texts.isEmpty()) {
            return calls;
        }
        if (texts.size() > 1) {
            addWords(calls, texts);
        }
        if (GitActions.areGit(inputs.words())) {
            addArguments(calls, inputs, texts);
        }
        return calls;
    }

    /** A tool for HTTP can call the interface of a git host. */
    private static void addRequests(List<GitCommand> calls, PolicyInputs inputs) {
        String[] method = {inputs.words().indexInOperation(DELETES) >= 0 ? "DELETE" : "GET"};
        ArgumentTree.visit(inputs, (name, value) -> {
            if (METHODS.contains(name) && value instanceof String text) {
                method[0] = text;
            }
        });
        List<String> words = new ArrayList<>(List.of("curl", "-X", method[0]));
        for (String body : inputs.texts(InputName.CONTENT)) {
            if (body.length() <= LONGEST_WORDS) {
                words.add("-d");
                words.add(body);
            }
        }
        for (String url : inputs.texts(InputName.URL)) {
            words.add(url);
        }
        addWords(calls, words);
    }

    private static void addWords(List<GitCommand> calls, List<String> words) {
        GitCommand call = GitCommand.of(words);
        if (call != null) {
            calls.add(call);
        }
    }

    /** A tool for git takes what stands behind the program, or behind the subcommand. */
    private static void addArguments(List<GitCommand> calls, PolicyInputs inputs, List<String> texts) {
        List<String> verbs = inputs.words().operation().stream()
                .filter(SUBCOMMANDS::contains)
                .limit(1)
                .toList();
        if (texts.size() > 1) {
            addWords(calls, words(List.of("git"), texts));
            if (!verbs.isEmpty()) {
                addWords(calls, words(List.of("git", verbs.get(0)), texts));
            }
            return;
        }
        String text = texts.get(0);
        if (text.length() <= LONGEST_WORDS && !text.startsWith("git ")) {
            calls.addAll(GitCommand.in(SHELL.analyze("git " + text)));
            if (!verbs.isEmpty()) {
                calls.addAll(GitCommand.in(SHELL.analyze("git " + verbs.get(0) + " " + text)));
            }
        }
    }

    private static List<String> words(List<String> first, List<String> rest) {
        List<String> words = new ArrayList<>(first);
        words.addAll(rest);
        return words;
    }
}
