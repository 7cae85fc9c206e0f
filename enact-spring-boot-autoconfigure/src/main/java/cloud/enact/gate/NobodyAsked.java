package cloud.enact.gate;

import cloud.enact.approval.ApprovalRequest;
import cloud.enact.policy.EnactMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where nobody can be asked an ASK is a BLOCK that says so. */
final class NobodyAsked implements Consents {

    private final EnactMode mode;

    NobodyAsked(EnactMode mode) {
        this.mode = mode;
    }

    @Override
    public boolean areReachable() {
        return false;
    }

    @Override
    public Consent on(Question question) {
        return Consent.of(Unapproved.asBlock(question.decision(), this.mode));
    }

    @Override
    public Consent use(Consent approved) {
        return approved;
    }

    @Override
    public Consent tell(Consent pending, boolean recorded) {
        return pending;
    }

    @Override
    public Duration patience(@Nullable ApprovalWish wish) {
        return Duration.ZERO;
    }

    @Override
    public boolean await(ApprovalRequest pending, Duration atMost) {
        return false;
    }
}
