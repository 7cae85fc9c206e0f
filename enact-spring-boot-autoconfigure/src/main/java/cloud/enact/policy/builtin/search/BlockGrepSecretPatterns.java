package cloud.enact.policy.builtin.search;

import cloud.enact.policy.InputName;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.builtin.ArgumentPolicy;
import cloud.enact.policy.builtin.CommandLines;
import java.util.ArrayList;
import java.util.List;

/** Blocks searches in files for passwords, keys and tokens. */
final class BlockGrepSecretPatterns extends ArgumentPolicy {

    static final String NAME = "search.block-grep-secret-patterns";

    static final String HARM = "Credentials are collected from everything an agent can read.";

    BlockGrepSecretPatterns() {
        super(NAME, "Nothing searches for credentials.");
    }

    @Override
    protected boolean appliesTo(PolicyInputs inputs) {
        return Searches.areNamedBy(inputs) || inputs.has(InputName.COMMAND);
    }

    @Override
    protected Verdict decide(PolicyInputs inputs) {
        List<String> patterns = new ArrayList<>();
        if (inputs.named() || Searches.areNamedBy(inputs)) {
            patterns.addAll(Searches.patterns(inputs));
        }
        if (inputs.has(InputName.COMMAND)) {
            patterns.addAll(Searches.commandPatterns(inputs));
        }
        boolean variables = inputs.has(InputName.COMMAND)
                && Searches.variablePatterns(inputs).stream().anyMatch(SecretPatterns::matchVariables);
        if (variables || patterns.stream().anyMatch(SecretPatterns::match)) {
            return block("The search looks for credentials. Search for the code that reads them instead, "
                    + "such as the name of a class.");
        }
        return CommandLines.areUnreadable(inputs)
                ? ask("Nobody can tell what the command searches for. Write it without constructs that hide it.")
                : pass();
    }
}
