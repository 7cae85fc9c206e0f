package cloud.enact.doubles.github;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/** Names of one repository and the commits they stand for. */
final class GitRefs {

    private static final String HEADS = "refs/heads/";

    private final Repository git;

    GitRefs(Repository git) {
        this.git = git;
    }

    @Nullable
    ObjectId at(String name) throws IOException {
        Ref ref = this.git.exactRef(name);
        return ref == null ? null : ref.getObjectId();
    }

    @Nullable
    ObjectId head(String branch) throws IOException {
        return at(HEADS + branch);
    }

    /** Names below a prefix, without the ones GitHub keeps for itself when all are asked for. */
    Map<String, ObjectId> below(String prefix) throws IOException {
        Map<String, ObjectId> refs = new TreeMap<>();
        for (Ref ref : this.git.getRefDatabase().getRefsByPrefix(prefix)) {
            refs.put(ref.getName(), ref.getObjectId());
        }
        return refs;
    }

    /** Whether such a name could be given: well formed, and no part of another name. */
    boolean isFree(String name) throws IOException {
        return Repository.isValidRefName(name)
                && name.startsWith("refs/")
                && name.indexOf('/', "refs/".length()) > 0
                && this.git.getRefDatabase().getConflictingNames(name).isEmpty();
    }

    /** Points a name at a commit whatever it stood for, or takes it away. */
    void set(String name, @Nullable ObjectId commit) throws IOException {
        RefUpdate update = this.git.updateRef(name, true);
        update.disableRefLog();
        update.setForceUpdate(true);
        RefUpdate.Result result;
        if (commit == null) {
            result = update.delete();
        } else {
            update.setNewObjectId(commit);
            result = update.update();
        }
        if (!List.of(
                        RefUpdate.Result.NEW,
                        RefUpdate.Result.FORCED,
                        RefUpdate.Result.FAST_FORWARD,
                        RefUpdate.Result.NO_CHANGE)
                .contains(result)) {
            throw new IOException("Git refused to set " + name + ": " + result);
        }
    }

    /** A commit by branch, full name, tag or its own id. */
    @Nullable
    ObjectId resolve(String name) throws IOException {
        for (String full :
                List.of(HEADS + name, "refs/tags/" + name, name.startsWith("refs/") ? name : "refs/" + name)) {
            ObjectId id = Repository.isValidRefName(full) ? at(full) : null;
            if (id != null) {
                return id;
            }
        }
        if (name.equals("HEAD")) {
            return this.git.resolve("HEAD");
        }
        if (name.matches("[0-9a-f]{40}")) {
            ObjectId id = ObjectId.fromString(name);
            return this.git.getObjectDatabase().has(id) ? id : null;
        }
        return name.matches("[0-9a-f]{7,39}") ? this.git.resolve(name + "^{commit}") : null;
    }
}
