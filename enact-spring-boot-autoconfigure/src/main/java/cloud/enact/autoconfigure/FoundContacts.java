package cloud.enact.autoconfigure;

import cloud.enact.connector.Connector;
import cloud.enact.policy.builtin.crm.ContactLookup;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.StepOperation;
import java.util.List;
import java.util.Map;

/** Contacts that connectors find by their addresses. Reads only, so it needs no action around it. Thread-safe. */
final class FoundContacts implements ContactLookup {

    /** Takes {@code email}, and returns an {@code id} when there is one. */
    static final String OPERATION = "find_contact";

    private final List<? extends Connector> connectors;

    private final BlobStore blobs;

    FoundContacts(List<? extends Connector> connectors, BlobStore blobs) {
        this.connectors = List.copyOf(connectors);
        this.blobs = blobs;
    }

    @Override
    public boolean exists(String email) {
        return this.connectors.stream().anyMatch(connector -> exists(connector, email));
    }

    private boolean exists(Connector connector, String email) {
        StepOperation step = connector.prepare(OPERATION, Map.of("email", email));
        try {
            return step.apply(step.capture(this.blobs)).output().get("id") != null;
        } catch (RuntimeException ex) {
            throw ex;
        } catch (Exception ex) {
            throw new IllegalStateException("Nobody could tell whether there is such a contact", ex);
        } finally {
            step.release();
        }
    }
}
