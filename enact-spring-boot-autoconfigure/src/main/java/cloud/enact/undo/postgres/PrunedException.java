package cloud.enact.undo.postgres;

import java.util.Collection;
import java.util.List;

/** What was captured is gone, although its transaction was committed; or nobody can tell any more whether it was. */
public final class PrunedException extends CaptureException {

    private final List<Long> markers;

    PrunedException(Collection<Long> markers) {
        super("What was captured under " + markers.size() + " markers is gone");
        this.markers = List.copyOf(markers);
    }

    /** The markers that are gone. */
    public List<Long> markers() {
        return this.markers;
    }
}
