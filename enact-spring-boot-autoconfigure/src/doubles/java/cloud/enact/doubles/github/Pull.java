package cloud.enact.doubles.github;

import java.time.Instant;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** What makes a ticket a pull request. */
final class Pull {

    final String head;

    String base;

    /** Tip of the branch as long as it was followed. */
    ObjectId headAt;

    /** Tip of the base when the branch was last pushed, which later pushes to the base leave as it is. */
    ObjectId baseAt;

    boolean draft;

    boolean merged;

    @Nullable
    ObjectId mergeCommit;

    @Nullable
    Instant mergedAt;

    Pull(String head, String base, ObjectId headAt, ObjectId baseAt, boolean draft) {
        this.head = head;
        this.base = base;
        this.headAt = headAt;
        this.baseAt = baseAt;
        this.draft = draft;
    }
}
