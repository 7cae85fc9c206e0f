package cloud.enact.policy.builtin.time;

import cloud.enact.action.Reversibility;
import cloud.enact.policy.InputPolicy;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import java.util.function.BooleanSupplier;

/** Blocks changes while somebody has frozen them. */
final class CodeFreezeActive implements InputPolicy {

    static final String NAME = "time.code-freeze-active";

    static final String HARM = "Changes slip in while everybody relies on there being none.";

    private final BooleanSupplier frozen;

    private final Verdict abstention = Verdict.abstain(NAME);

    private final Verdict pass = Verdict.pass(NAME, "No freeze is active.");

    private final Verdict block =
            Verdict.block(NAME, "A freeze is active: nothing may be changed. Try again when it has been lifted.");

    CodeFreezeActive(BooleanSupplier frozen) {
        this.frozen = frozen;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Verdict judge(PolicyInputs inputs) {
        if (!inputs.named() && inputs.request().reversibility() == Reversibility.READ_ONLY) {
            return this.abstention;
        }
        return this.frozen.getAsBoolean() ? this.block : this.pass;
    }
}
