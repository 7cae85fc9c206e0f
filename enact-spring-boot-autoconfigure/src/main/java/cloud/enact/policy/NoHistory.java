package cloud.enact.policy;

import cloud.enact.action.RunId;
import java.time.Instant;
import java.util.List;

/** A history in which nothing happened. */
enum NoHistory implements ActionHistory {
    INSTANCE;

    @Override
    public List<EarlierAction> ofRun(RunId run) {
        return List.of();
    }

    @Override
    public List<EarlierAction> since(String action, Instant since) {
        return List.of();
    }
}
