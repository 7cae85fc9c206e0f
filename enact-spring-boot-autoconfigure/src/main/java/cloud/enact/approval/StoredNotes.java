package cloud.enact.approval;

import java.util.UUID;

/** Notes on the requests themselves, as long as nobody has answered. Thread-safe. */
final class StoredNotes implements ApprovalNotes {

    private static final int ATTEMPTS = 10;

    private final ApprovalStore store;

    StoredNotes(ApprovalStore store) {
        this.store = store;
    }

    @Override
    public void note(UUID request, String sentence) {
        for (int i = 0; i < ATTEMPTS; i++) {
            ApprovalRequest known = this.store.find(request).orElse(null);
            // an answered one is about to be used by somebody who knows its version
            if (known == null || known.state() != ApprovalState.PENDING || this.store.replace(known.noted(sentence))) {
                return;
            }
        }
    }
}
