package cloud.enact.policy.cerbos;

import cloud.enact.action.ActionRequest;
import cloud.enact.policy.ActionPolicy;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.cerbos.CheckResult.ActionEffect;
import cloud.enact.policy.cerbos.CheckResult.Outcome;
import cloud.enact.policy.cerbos.CheckResult.Output;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All Cerbos-format files of an application as one policy, because their rules only make sense together. */
final class CerbosPolicy implements ActionPolicy {

    static final String NAME = "cerbos";

    /** Members of an output that hold the words for whoever was refused. */
    private static final List<String> REASONS = List.of("permissionDecisionReason", "reason", "message");

    private static final String HOOK_OUTPUT = "hookSpecificOutput";

    private final CerbosEngine engine;

    private final RequestMapping mapping;

    private final Verdict whenNothingMatches;

    CerbosPolicy(CerbosEngine engine, CerbosSettings settings) {
        this.engine = engine;
        this.mapping = new RequestMapping(settings.policyVersion(), settings.scope());
        this.whenNothingMatches = (settings.noMatch() == CerbosSettings.NoMatch.BLOCK)
                ? Verdict.block(
                        NAME,
                        "No rule of the Cerbos policies is about this call, and what they do not name is blocked."
                                + " Use an action that they allow, or ask whoever maintains them.")
                : Verdict.abstain(NAME);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Verdict judge(ActionRequest request) {
        Verdict passed = null;
        for (CheckRequest asked : this.mapping.requests(request)) {
            CheckResult result = this.engine.check(asked);
            for (ActionEffect effect : result.actions().values()) {
                if (effect.outcome() == Outcome.DENY) {
                    return Verdict.block(NAME, reason(effect, result.outputs()));
                }
                if (effect.allows()) {
                    passed = Verdict.pass(NAME, "The Cerbos rule " + effect.src() + " allows it.");
                }
            }
        }
        return (passed != null) ? passed : this.whenNothingMatches;
    }

    private static String reason(ActionEffect effect, List<Output> outputs) {
        if (effect.failure() != null) {
            return "The call is blocked because the Cerbos rule " + effect.src() + " can't be evaluated: "
                    + effect.failure() + ". Give complete arguments, or let its maintainer guard it with has(…).";
        }
        for (Output output : outputs) {
            String told = output.src().equals(effect.src()) ? told(output.val()) : null;
            if (told != null) {
                // what was written for a hook is told there as it stands
                boolean forHook = output.val() instanceof Map<?, ?> map && map.containsKey(HOOK_OUTPUT);
                return forHook ? told : told + " (Cerbos rule " + effect.src() + ")";
            }
        }
        return "The Cerbos rule " + effect.src() + " denies this call. Do something that the policies allow,"
                + " or ask whoever maintains them.";
    }

    /** What an output says in words, if it does. The depth is bounded by that of an output. */
    private static @Nullable String told(@Nullable Object output) {
        if (output instanceof String text) {
            return text.isBlank() ? null : printable(text);
        }
        if (!(output instanceof Map<?, ?> map)) {
            return null;
        }
        for (String name : REASONS) {
            String told = told(map.get(name));
            if (told != null) {
                return told;
            }
        }
        return told(map.get(HOOK_OUTPUT));
    }

    private static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.strip().codePoints().map(c -> Character.isISOControl(c) ? ' ' : c).forEach(printable::appendCodePoint);
        return printable.toString();
    }
}
