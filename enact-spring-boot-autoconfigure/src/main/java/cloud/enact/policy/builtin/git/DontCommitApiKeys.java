package cloud.enact.policy.builtin.git;

import cloud.enact.analysis.command.GitCommand;
import cloud.enact.analysis.command.GitEffect;
import cloud.enact.analysis.shell.ShellWord;
import cloud.enact.policy.ActionWords;
import cloud.enact.policy.InputName;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.builtin.AddedText;
import cloud.enact.policy.builtin.ArgumentPolicy;
import cloud.enact.policy.builtin.Credentials;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Blocks commits that bring a credential into the history. What a diff takes out may hold one. */
final class DontCommitApiKeys extends ArgumentPolicy {

    static final String NAME = "git.dont-commit-api-keys";

    static final String HARM = "A credential in the history is in every copy of the repository, for good.";

    private static final Set<String> COMMITS = Set.of("commit", "commits");

    private static final Set<String> WRITES = Set.of("commit", "commits", "push", "stage", "add");

    private static final Set<String> HOST_WRITES = Set.of("create", "update", "push", "put", "upload", "edit", "write");

    private static final Set<String> WRITTEN =
            Set.of("file files content contents blob tree gist snippet patch change changes".split(" "));

    DontCommitApiKeys() {
        super(NAME, "Nothing that is committed is a credential.");
    }

    @Override
    protected boolean appliesTo(PolicyInputs inputs) {
        ActionWords words = inputs.words();
        boolean commits = words.indexInOperation(COMMITS) >= 0
                || GitActions.areGit(words)
                        && (words.indexInOperation(WRITES) >= 0
                                || words.indexInOperation(HOST_WRITES) >= 0 && words.indexInOperation(WRITTEN) >= 0
                                || words.has("apply"));
        return commits && !words.isRead() || inputs.has(InputName.COMMAND) && commitsByCommand(inputs);
    }

    private static boolean commitsByCommand(PolicyInputs inputs) {
        return GitCalls.in(inputs).stream()
                .anyMatch(
                        call -> call.has(GitEffect.COMMITS) || call.subcommand().equals("add"));
    }

    @Override
    protected Verdict decide(PolicyInputs inputs) {
        List<String> texts = new ArrayList<>(AddedText.inArguments(inputs));
        if (inputs.has(InputName.COMMAND)) {
            for (GitCommand call : GitCalls.in(inputs)) {
                call.messages().stream().map(ShellWord::text).forEach(texts::add);
            }
            if (commitsByCommand(inputs)) {
                texts.addAll(AddedText.byCommands(inputs.shell()));
            }
        }
        return Credentials.areIn(texts)
                ? block("The commit would add a credential. Read it from the environment or a secret store instead, "
                        + "and renew it if it was ever committed.")
                : pass();
    }
}
