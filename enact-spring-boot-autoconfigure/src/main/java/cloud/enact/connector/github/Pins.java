package cloud.enact.connector.github;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * References that keep commits which no branch leads to any more, so that GitHub does not clear them away before they
 * are needed again. One goes when what it keeps is back in its branch.
 */
final class Pins {

    private static final String HOME = "refs/enact/pin/";

    private final GitData git;

    Pins(GitData git) {
        this.git = git;
    }

    private static String name(String id) {
        return HOME + id;
    }

    /** What is kept for a step; {@code null} when nothing is. */
    @Nullable
    String find(String id) {
        return this.git.client().references().find(this.git.name(), name(id));
    }

    /** Moves a reference, and keeps the commit it leaves. */
    RefsResult moveKeeping(RefUpdate update, String id) {
        List<RefUpdate> updates = new ArrayList<>(List.of(update));
        String kept = find(id);
        if (!update.before().equals(kept)) {
            updates.add(
                    (kept != null)
                            ? RefUpdate.reset(name(id), kept, update.before())
                            : RefUpdate.create(name(id), update.before()));
        }
        return this.git.update(updates);
    }

    /** Moves a reference back to what is kept, which needs no keeping then. */
    RefsResult moveBack(RefUpdate update, String id) {
        return this.git.update(List.of(update, RefUpdate.delete(name(id), update.after())));
    }
}
