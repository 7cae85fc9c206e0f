package cloud.enact.approval;

import java.util.UUID;

/** Remembers what went wrong with telling people of a request. Thread-safe. */
@FunctionalInterface
public interface ApprovalNotes {

    /**
     * Adds a short sentence without secrets.
     *
     * @param request its ticket; on one that is not there, or not pending any more, nothing is noted
     */
    void note(UUID request, String sentence);

    /** Notes on the requests themselves, where receipts of their answers take them from. */
    static ApprovalNotes onRequests(ApprovalStore store) {
        return new StoredNotes(store);
    }
}
