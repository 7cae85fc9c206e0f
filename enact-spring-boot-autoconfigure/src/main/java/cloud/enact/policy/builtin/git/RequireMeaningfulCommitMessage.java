package cloud.enact.policy.builtin.git;

import cloud.enact.analysis.command.GitCommand;
import cloud.enact.analysis.command.GitEffect;
import cloud.enact.analysis.shell.ShellWord;
import cloud.enact.policy.ActionWords;
import cloud.enact.policy.InputName;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.builtin.ArgumentPolicy;
import cloud.enact.policy.builtin.ArgumentTree;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Wants every commit to say what it is about. */
final class RequireMeaningfulCommitMessage extends ArgumentPolicy {

    static final String NAME = "git.require-meaningful-commit-message";

    static final String HARM = "Nobody can tell later what a commit was for.";

    private static final Set<String> MESSAGES =
            Set.of("message commitmessage commitmsg msg commitmessageheadline messageheadline".split(" "));

    private static final Set<String> TITLES = Set.of("title", "subject", "summary", "headline", "committitle", "text");

    private static final Set<String> COMMITS = Set.of("commit", "commits");

    private static final Set<String> HOST_WRITES = Set.of("push", "create", "update", "delete");

    private static final String INSTEAD =
            " Say what the commit changes and why, such as 'Refuse orders without a delivery address'.";

    RequireMeaningfulCommitMessage() {
        super(NAME, "The commit says what it is about.");
    }

    @Override
    protected boolean appliesTo(PolicyInputs inputs) {
        return commits(inputs)
                || inputs.has(InputName.COMMAND) && GitCalls.any(inputs, call -> call.has(GitEffect.COMMITS));
    }

    private static boolean commits(PolicyInputs inputs) {
        ActionWords words = inputs.words();
        if (words.isRead()) {
            return false;
        }
        return words.indexInOperation(COMMITS) >= 0 && !words.has("comment") && !words.has("status")
                || GitActions.areOnHost(words)
                        && words.indexInOperation(HOST_WRITES) >= 0
                        && (words.has("file") || words.has("files") || words.has("contents"));
    }

    private static Stream<GitCommand> commitCalls(PolicyInputs inputs) {
        return inputs.has(InputName.COMMAND)
                ? GitCalls.in(inputs).stream().filter(call -> call.has(GitEffect.COMMITS))
                : Stream.empty();
    }

    @Override
    protected Verdict decide(PolicyInputs inputs) {
        List<GitCommand> calls = commitCalls(inputs).toList();
        for (GitCommand call : calls) {
            String objection = objection(call.messages());
            if (objection != null) {
                return block("The commit message " + objection + "." + INSTEAD);
            }
        }
        String message = message(inputs, MESSAGES);
        if (message == null) {
            message = message(inputs, TITLES);
        }
        if (message == null && (!calls.isEmpty() || inputs.has(InputName.COMMAND) && !commits(inputs))) {
            return pass();
        }
        String objection = (message == null) ? "is missing" : StockPhrases.objection(message);
        return (objection == null) ? pass() : block("The commit message " + objection + "." + INSTEAD);
    }

    private static @Nullable String objection(List<ShellWord> messages) {
        if (messages.isEmpty()) {
            return "is missing";
        }
        if (messages.stream().allMatch(ShellWord::dynamic)) {
            return objectionToDynamic(messages.get(0).text());
        }
        return StockPhrases.objection(messages.stream().map(ShellWord::text).collect(Collectors.joining("\n\n")));
    }

    /** A here-document shows its text; what is known only at run time, nobody can judge. */
    private static @Nullable String objectionToDynamic(String text) {
        int start = text.indexOf('\n');
        int end = text.lastIndexOf('\n');
        return (text.contains("<<") && start >= 0 && end > start)
                ? StockPhrases.objection(text.substring(start + 1, end))
                : null;
    }

    private static @Nullable String message(PolicyInputs inputs, Set<String> names) {
        StringBuilder message = new StringBuilder();
        boolean[] found = new boolean[1];
        ArgumentTree.visit(inputs, (name, value) -> {
            if (names.contains(name) && value instanceof String text) {
                found[0] = true;
                message.append(text).append('\n');
            } else if (names.contains(name) && value != null) {
                // a number is no message
                found[0] = true;
            }
        });
        return found[0] ? message.toString() : null;
    }
}
