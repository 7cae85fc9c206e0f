package cloud.enact.actuate.endpoint;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What health and info tell of the gate at one moment.
 *
 * @param mode {@code enforce} or {@code observe}
 * @param policySet digest of the effective policy set
 * @param passed calls let through since start-up
 * @param blocked calls stopped since start-up
 * @param failedOpen calls that went through while observing although the gate could not do its work
 * @param unrecorded calls whose outcome could not be recorded
 * @param missing whether any of these outcomes is still missing
 * @param failedPolicies names of policies that could not judge since start-up
 * @param policyProblem why the policies are not those of their files, or {@code null}
 * @param problem the newest problem in a sentence, or {@code null}
 */
public record GateFigures(
        String mode,
        String policySet,
        long passed,
        long blocked,
        long failedOpen,
        long unrecorded,
        boolean missing,
        Set<String> failedPolicies,
        @Nullable String policyProblem,
        @Nullable String problem) {}
