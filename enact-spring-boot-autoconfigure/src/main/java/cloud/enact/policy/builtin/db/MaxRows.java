package cloud.enact.policy.builtin.db;

import cloud.enact.action.ActionEffect;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.PolicyParameters;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.builtin.ArgumentPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Blocks a change of more rows than allowed, as measured before it takes effect. */
final class MaxRows extends ArgumentPolicy {

    static final String NAME = "db.max-rows";

    static final String HARM = "One step changes far more rows than anybody had in mind.";

    private final long max;

    /** In small letters; empty for all. */
    private final List<String> tables;

    MaxRows(PolicyParameters with) {
        super(NAME, "No more rows are changed than allowed.");
        this.max = with.count("max");
        this.tables = (with.has("tables") ? with.strings("tables") : List.<String>of())
                .stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    @Override
    protected boolean appliesTo(PolicyInputs inputs) {
        return inputs.request().effect() != null;
    }

    @Override
    protected Verdict decide(PolicyInputs inputs) {
        ActionEffect effect = inputs.request().effect();
        if (effect == null) {
            return pass();
        }
        for (String table : effect.unmeasured()) {
            if (isLimited(table)) {
                return block(
                        "Nobody can tell how many rows of " + quoted(table)
                                + " are changed, because it is not protected. Leave it out, or ask a maintainer to protect it.");
            }
        }
        Map<String, Long> limited = new HashMap<>(effect.tables());
        limited.keySet().removeIf(table -> !isLimited(table));
        long rows = new ActionEffect(limited, List.of()).rows();
        return (rows > this.max)
                ? block(rows + " rows would be changed, and " + this.max
                        + " are allowed at once. Narrow the condition, or ask a maintainer to do it.")
                : pass();
    }

    private boolean isLimited(String table) {
        String name = table.toLowerCase(Locale.ROOT);
        return this.tables.isEmpty()
                || this.tables.stream().anyMatch(limited -> name.equals(limited) || name.endsWith("." + limited));
    }
}
