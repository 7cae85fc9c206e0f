package cloud.enact.policy.builtin.prompt;

import cloud.enact.policy.NormalizedText;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.PolicyParameters;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.builtin.ArgumentPolicy;
import cloud.enact.policy.builtin.NamedValues;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Blocks texts that try to take over a model that reads them later. A tripwire, not a defence: what is said in other
 * words passes.
 */
final class BlockPromptInjection extends ArgumentPolicy {

    static final String NAME = "prompt.block-prompt-injection";

    static final String FIELDS_NAME = "prompt.block-prompt-injection-fields";

    static final String HARM = "A text that somebody else wrote makes a model work for its author.";

    private final @Nullable Set<String> fields;

    private BlockPromptInjection(String name, @Nullable Set<String> fields) {
        super(name, "No text tries to take over a model, as far as words tell.");
        this.fields = fields;
    }

    static BlockPromptInjection inAnyText() {
        return new BlockPromptInjection(NAME, null);
    }

    static BlockPromptInjection inFields(PolicyParameters with) {
        Set<String> fields = new HashSet<>();
        for (String field : with.strings("fields")) {
            String name = NormalizedText.compact(field);
            if (name.isEmpty()) {
                throw with.wrong("fields", "holds something that is no name", "Name arguments, such as message.");
            }
            fields.add(name);
        }
        return new BlockPromptInjection(FIELDS_NAME, Set.copyOf(fields));
    }

    @Override
    protected boolean appliesTo(PolicyInputs inputs) {
        return !values(inputs).isEmpty();
    }

    @Override
    protected Verdict decide(PolicyInputs inputs) {
        for (Object value : values(inputs)) {
            for (String text : NamedValues.texts(value)) {
                String attempt = Injection.in(text);
                if (attempt != null) {
                    return block("A text in the call " + attempt + ". Leave that part out, or ask a person to look"
                            + " at where it comes from.");
                }
            }
        }
        return pass();
    }

    private List<?> values(PolicyInputs inputs) {
        return (this.fields == null)
                ? (inputs.request().args().isEmpty()
                        ? List.of()
                        : List.of(inputs.request().args()))
                : NamedValues.of(inputs.request().args(), this.fields::contains);
    }
}
