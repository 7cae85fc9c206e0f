package cloud.enact.approval;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The highest version this process has seen of each request, of those used last: an earlier one was put back by somebody.
 * Thread-safe.
 */
final class SeenVersions {

    private static final int REMEMBERED = 10_000;

    private static final long NONE = -1;

    private final Map<String, Long> versions = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** The least version that is to be expected from now on. */
    synchronized long least(String id) {
        return this.versions.getOrDefault(id, NONE);
    }

    synchronized void saw(ApprovalRow row) {
        this.versions.merge(row.id(), row.version(), Math::max);
    }
}
