package cloud.enact.policy.builtin.git;

import cloud.enact.analysis.command.GitCommand;
import cloud.enact.analysis.command.GitEffect;
import cloud.enact.analysis.command.GitRefs;
import cloud.enact.policy.ActionWords;
import cloud.enact.policy.InputName;
import cloud.enact.policy.NormalizedText;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.PolicyParameters;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.builtin.ArgumentPolicy;
import cloud.enact.policy.builtin.CommandLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Blocks a merge into a protected branch. */
final class DontMergeToMain extends ArgumentPolicy {

    static final String NAME = "git.dont-merge-to-main";

    static final String HARM = "Changes get into a protected branch before a person has agreed to them.";

    /** In compact form; what stands below such a name is a base too, as in {@code base: {ref: main}}. */
    private static final Set<String> BASES =
            Set.of(("base baseref basebranch into intobranch mergeinto target targetbranch targetref to tobranch "
                            + "destination destinationbranch dest destbranch dst dstbranch onto mergebase")
                    .split(" "));

    private static final Set<String> NO_BASES = Set.of("head", "source", "from", "repo", "repository", "user", "owner");

    /** A merge request that is only opened or talked about is not merged. */
    private static final Set<String> TALKS =
            Set.of(("create open update edit comment review approve close reopen assign label add request unapprove "
                            + "subscribe rebase abort")
                    .split(" "));

    private final ProtectedBranches branches;

    DontMergeToMain(PolicyParameters with) {
        super(NAME, "Nothing is merged into a protected branch.");
        this.branches = new ProtectedBranches(with);
    }

    @Override
    protected boolean appliesTo(PolicyInputs inputs) {
        return isMerge(inputs.words())
                || inputs.has(InputName.COMMAND) && CommandLines.areUnreadable(inputs)
                || GitCalls.in(inputs).stream().anyMatch(DontMergeToMain::merges);
    }

    private static boolean isMerge(ActionWords words) {
        return words.has("merge")
                && !words.isRead()
                && (words.operation().isEmpty()
                        || !TALKS.contains(words.operation().get(0)));
    }

    private static boolean merges(GitCommand call) {
        return call.has(GitEffect.MERGES);
    }

    @Override
    protected Verdict decide(PolicyInputs inputs) {
        boolean unknown = false;
        for (GitCommand call : GitCalls.in(inputs)) {
            for (String base : call.mergeBases()) {
                if (this.branches.include(base)) {
                    return objection(base);
                }
                unknown |= base.equals("*");
            }
            unknown |= merges(call) && !call.isCertain();
        }
        boolean byName = inputs.named() && !inputs.words().isRead() && !talks(inputs.words());
        if (byName || isMerge(inputs.words())) {
            if (inputs.isOversized(InputName.BASE)) {
                return block("The base is too long to be a branch. " + this.branches.instead());
            }
            String base = protectedBase(inputs);
            if (base != null) {
                return objection(base);
            }
        }
        if (unknown) {
            return ask("The merge may go into a protected branch. Let a person merge it.");
        }
        return CommandLines.areUnreadable(inputs)
                ? ask("Nobody can tell what the command does. Write it without constructs that hide it.")
                : pass();
    }

    private static boolean talks(ActionWords words) {
        return words.has("merge")
                && !words.operation().isEmpty()
                && TALKS.contains(words.operation().get(0));
    }

    private Verdict objection(String base) {
        return block("The merge would change the protected branch " + quoted(base)
                + ". Open a pull request and let a person merge it.");
    }

    private @Nullable String protectedBase(PolicyInputs inputs) {
        List<String> bases = new ArrayList<>(inputs.texts(InputName.BASE));
        collect(inputs.request().args(), false, bases);
        boolean none = bases.isEmpty();
        for (String text : bases) {
            for (String base : GitRefs.targets(text)) {
                if (this.branches.include(base) || this.branches.mayInclude(base)) {
                    return base;
                }
            }
        }
        // a tool mergeToMain() says it all in its name
        return none
                ? inputs.words().operation().stream()
                        .filter(this.branches::include)
                        .findFirst()
                        .orElse(null)
                : null;
    }

    /** The depth is bounded by what arguments may nest. */
    private static void collect(@Nullable Object value, boolean base, List<String> bases) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, element) -> {
                String name = NormalizedText.compact((String) key);
                boolean still = base && !NO_BASES.contains(name);
                collect(element, still || BASES.contains(name), bases);
            });
        } else if (value instanceof List<?> list) {
            list.forEach(element -> collect(element, base, bases));
        } else if (base && value instanceof String text && text.length() <= 4096) {
            bases.add(NormalizedText.of(text));
        }
    }
}
