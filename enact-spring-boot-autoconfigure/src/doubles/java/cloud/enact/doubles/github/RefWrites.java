package cloud.enact.doubles.github;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** Moves names as GitHub lets its callers: all that are asked for or none. */
final class RefWrites {

    private static final String HEADS = "refs/heads/";

    private final GitRefs refs;

    private final GitObjects objects;

    private final GitHistory history;

    private final Map<String, Protection> protections = new TreeMap<>();

    RefWrites(GitRefs refs, GitObjects objects, GitHistory history) {
        this.refs = refs;
        this.objects = objects;
        this.history = history;
    }

    void protect(String branch, @Nullable Protection protection) {
        if (protection == null) {
            this.protections.remove(branch);
        } else {
            this.protections.put(branch, protection);
        }
    }

    @Nullable
    Protection protection(String branch) {
        return this.protections.get(branch);
    }

    void move(List<RefChange> changes) throws IOException {
        Set<String> names = new HashSet<>();
        for (RefChange change : changes) {
            if (!names.add(change.name())) {
                throw Refusal.invalid("Reference " + change.name() + " is named twice");
            }
            check(change);
        }
        // first what goes, so that a name may take the place of its own folder
        for (RefChange change : changes) {
            if (change.isDeletion()) {
                this.refs.set(change.name(), null);
            }
        }
        for (RefChange change : changes) {
            if (!change.isDeletion()) {
                this.refs.set(change.name(), change.after());
            }
        }
    }

    private void check(RefChange change) throws IOException {
        ObjectId now = this.refs.at(change.name());
        if (change.before() != null && !change.before().equals(now == null ? ObjectId.zeroId() : now)) {
            throw new Refusal(
                    409,
                    "Reference " + change.name() + " is at " + spelled(now) + " but expected "
                            + spelled(change.before()));
        }
        if (now == null && change.isDeletion()) {
            throw Refusal.invalid("Reference does not exist");
        }
        if (now == null && !this.refs.isFree(change.name())) {
            throw Refusal.invalid("Reference name is not valid: " + change.name());
        }
        if (change.name().startsWith("refs/pull/")) {
            throw Refusal.invalid("Reference cannot be updated: deny updating a hidden ref");
        }
        refuseOnProtected(change, now);
        if (change.isDeletion()) {
            return;
        }
        if (!this.objects.has(change.after())) {
            throw Refusal.invalid("Object does not exist");
        }
        if (change.name().startsWith(HEADS)
                && !this.objects.type(change.after()).equals(Constants.TYPE_COMMIT)) {
            throw Refusal.invalid("Reference update failed: " + change.after().name() + " is no commit");
        }
        if (now != null && !change.force() && !this.history.isAncestor(now, change.after())) {
            throw Refusal.invalid("Update is not a fast forward");
        }
    }

    private void refuseOnProtected(RefChange change, @Nullable ObjectId now) {
        if (now == null || !change.name().startsWith(HEADS)) {
            return;
        }
        if (this.protections.containsKey(change.name().substring(HEADS.length())) && !now.equals(change.after())) {
            throw Refusal.invalid(
                    change.isDeletion()
                            ? "Cannot delete this protected ref."
                            : "GH006: Protected branch update failed for " + change.name() + ".");
        }
    }

    private static String spelled(@Nullable ObjectId id) {
        return id == null ? ObjectId.zeroId().name() : id.name();
    }
}
