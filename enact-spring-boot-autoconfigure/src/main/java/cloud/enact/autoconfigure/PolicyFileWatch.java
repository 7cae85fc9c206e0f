package cloud.enact.autoconfigure;

import cloud.enact.policy.PolicyConfigurationException;
import cloud.enact.policy.PolicyFile;
import cloud.enact.policy.PolicySetReplaced;
import cloud.enact.policy.ReloadablePolicySet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Looks at policy files again and again, and replaces the policies when the files changed. Files that can't be used
 * change nothing: what held before still holds, health is down, and the log says so once.
 */
final class PolicyFileWatch extends RepeatedWork {

    private static final Log logger = LogFactory.getLog(PolicyFileWatch.class);

    private final ReloadablePolicySet policies;

    private final ConfiguredPolicies configured;

    private final Duration interval;

    private final Consumer<PolicySetReplaced> listener;

    /** What the policies were made of. */
    private @Nullable List<PolicyFile> applied;

    /** What the files said when they were last looked at. */
    private @Nullable List<PolicyFile> seen;

    private boolean unreadable;

    PolicyFileWatch(
            ReloadablePolicySet policies,
            ConfiguredPolicies configured,
            Duration interval,
            Consumer<PolicySetReplaced> listener) {
        super("enact-policy-files");
        this.policies = policies;
        this.configured = configured;
        this.interval = interval;
        this.listener = listener;
    }

    /** Looks once. What changed is used when it is seen a second time: until then, somebody may still be writing it. */
    synchronized void look() {
        try {
            List<PolicyFile> found = this.configured.locations().read();
            boolean quiet = found.equals(this.seen);
            this.seen = found;
            this.unreadable = false;
            if (quiet && !found.equals(this.applied)) {
                this.applied = found;
                apply(found);
            }
        } catch (PolicyConfigurationException ex) {
            // a file that is written anew may be missing for a moment
            if (this.unreadable) {
                this.applied = null;
                refuse(ex.getDescription(), ex.getAction());
            }
            this.unreadable = true;
        } catch (RuntimeException | StackOverflowError | LinkageError ex) {
            // an exception would end the schedule
            logger.debug("Policy files were looked at in vain", ex);
            this.applied = null;
            refuse("can't be looked for (" + ex.getClass().getName() + ")", "At DEBUG there is more.");
        }
    }

    private void apply(List<PolicyFile> found) {
        String before = this.policies.policySet();
        List<String> gone = new ArrayList<>(this.configured.files());
        found.forEach(file -> gone.remove(file.name()));
        try {
            this.policies.replace(this.configured.create(found));
        } catch (PolicyConfigurationException ex) {
            refuse(ex.getDescription(), ex.getAction());
            return;
        } catch (RuntimeException | StackOverflowError | LinkageError ex) {
            logger.debug("A policy file can't be used", ex);
            refuse("can't be used (" + ex.getClass().getName() + ")", "Undo the change; at DEBUG there is more.");
            return;
        }
        String after = this.policies.policySet();
        if (!after.equals(before)) {
            logger.info("Policy files changed: policy set " + before + " is replaced by " + after);
            if (!gone.isEmpty()) {
                logger.warn("The policies of " + String.join(", ", gone) + " hold no longer, because there is no such"
                        + " file any more");
            }
            this.listener.accept(new PolicySetReplaced(before, after));
        }
    }

    private void refuse(String what, String remedy) {
        String problem = "Policy file " + what;
        if (!problem.equals(this.policies.problem())) {
            logger.error(problem + ". " + remedy + " Until then the policies stay as they were");
            this.policies.report(problem);
        }
    }

    @Override
    void work() {
        look();
    }

    @Override
    Duration interval() {
        return this.configured.locations().canChange() ? this.interval : Duration.ZERO;
    }
}
