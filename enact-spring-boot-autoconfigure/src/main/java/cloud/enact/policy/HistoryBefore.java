package cloud.enact.policy;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.RunId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happened before one call: neither the call itself nor the one it is a part of. */
final class HistoryBefore implements ActionHistory {

    private final ActionHistory history;

    private final ActionRequest request;

    private volatile boolean asked;

    HistoryBefore(ActionHistory history, ActionRequest request) {
        this.history = history;
        this.request = request;
    }

    /** Whether anybody wanted to know. */
    boolean wasAsked() {
        return this.asked;
    }

    @Override
    public List<EarlierAction> ofRun(RunId run) {
        this.asked = true;
        return others(this.history.ofRun(run));
    }

    @Override
    public List<EarlierAction> since(String action, Instant since) {
        this.asked = true;
        return others(this.history.since(action, since));
    }

    private List<EarlierAction> others(List<EarlierAction> actions) {
        return actions.stream().filter(action -> !isSelf(action.actionId())).toList();
    }

    private boolean isSelf(@Nullable UUID actionId) {
        return actionId != null
                && (actionId.equals(this.request.actionId()) || actionId.equals(this.request.parentActionId()));
    }
}
