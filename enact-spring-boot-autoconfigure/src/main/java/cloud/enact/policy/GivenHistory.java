package cloud.enact.policy;

import cloud.enact.action.RunId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** What somebody says happened before, all of it in the run that is asked about. Immutable. */
final class GivenHistory implements ActionHistory {

    private final List<EarlierAction> actions;

    GivenHistory(List<EarlierAction> actions) {
        this.actions = List.copyOf(actions);
    }

    @Override
    public List<EarlierAction> ofRun(RunId run) {
        return this.actions;
    }

    @Override
    public List<EarlierAction> since(String action, Instant since) {
        return this.actions.stream()
                .filter(earlier ->
                        earlier.action().equals(action) && !earlier.timestamp().isBefore(since))
                .sorted(Comparator.comparing(EarlierAction::timestamp).reversed())
                .toList();
    }
}
