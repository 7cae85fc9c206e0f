package cloud.enact.policy.builtin.crm;

import cloud.enact.policy.ActionWords;
import cloud.enact.policy.EarlierAction;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.PolicyParameters;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.builtin.ArgumentPolicy;
import cloud.enact.policy.builtin.LookBack;
import java.util.List;
import java.util.Map;

/** Blocks tasks for a contact who has had enough of them within the window. */
final class LimitTasksPerContact extends ArgumentPolicy {

    static final String NAME = "crm.limit-tasks-per-contact";

    static final String HARM = "One contact is buried in follow-ups that an agent makes over and over.";

    static final String MAX = "max";

    private final long max;

    private final LookBack lookBack;

    LimitTasksPerContact(PolicyParameters with) {
        super(NAME, "The contact has few enough tasks.");
        this.max = with.has(MAX) ? with.count(MAX) : 3;
        if (this.max == 0) {
            throw with.wrong(MAX, "is 0", "Allow at least one task, or don't offer the tool.");
        }
        this.lookBack = new LookBack(with, "7d");
    }

    @Override
    protected boolean appliesTo(PolicyInputs inputs) {
        return CrmActions.makeTask(inputs.words());
    }

    @Override
    protected Verdict decide(PolicyInputs inputs) {
        Map<String, Integer> tasks = TaskCounts.of(inputs.request().args());
        if (tasks.isEmpty()) {
            return pass();
        }
        List<EarlierAction> before = this.lookBack.before(inputs);
        for (EarlierAction action : before) {
            boolean same = action.action().equals(inputs.request().action());
            if (!same && !CrmActions.makeTask(ActionWords.of(action.action()))) {
                continue;
            }
            if (TaskCounts.areHidden(action.args())) {
                return block("A task was made within " + this.lookBack + ", and its receipt does not show for whom."
                        + " Wait, or ask the operator not to mask contacts.");
            }
            TaskCounts.of(action.args())
                    .forEach((contact, count) -> tasks.computeIfPresent(contact, (key, sum) -> sum + count));
        }
        for (Map.Entry<String, Integer> contact : tasks.entrySet()) {
            if (contact.getValue() > this.max) {
                return block("The contact " + quoted(contact.getKey()) + " would have " + contact.getValue()
                        + " tasks within " + this.lookBack + ", and at most " + this.max
                        + " are allowed. Wait, or change a task there is.");
            }
        }
        return pass();
    }
}
