package cloud.enact.approval;

import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** Tells several listeners, one after the other, whatever one of them throws. */
final class AllListeners implements ApprovalListener {

    private static final Log logger = LogFactory.getLog(AllListeners.class);

    private final List<ApprovalListener> listeners;

    AllListeners(List<? extends ApprovalListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public void requested(ApprovalRequest request) {
        each(listener -> listener.requested(request));
    }

    @Override
    public void answered(ApprovalRequest request, ApprovalAnswer answer) {
        each(listener -> listener.answered(request, answer));
    }

    @Override
    public void ended(ApprovalRequest request, ApprovalState end) {
        each(listener -> listener.ended(request, end));
    }

    private void each(Consumer<ApprovalListener> told) {
        for (ApprovalListener listener : this.listeners) {
            try {
                told.accept(listener);
            } catch (RuntimeException | LinkageError ex) {
                // its message may hold anything
                logger.error("A listener for approvals failed ("
                        + listener.getClass().getName() + ", " + ex.getClass().getName()
                        + "); what it was told of is on record and counts");
                logger.debug("The listener's failure", ex);
            }
        }
    }
}
