package cloud.enact.receipt.anchor.git;

import cloud.enact.receipt.Checkpoint;
import cloud.enact.receipt.anchor.AnchorLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.jspecify.annotations.Nullable;

/** Commits with one checkpoint each: the note as the only file, and once more on one line of the message. */
final class NoteCommits {

    private static final String FILE = "checkpoint.note";

    private final Repository git;

    NoteCommits(Repository git) {
        this.git = git;
    }

    /** The newest commit of a branch. */
    @Nullable
    ObjectId head(String branch) throws IOException {
        Ref ref = this.git.exactRef(branch);
        return (ref != null) ? ref.getObjectId() : null;
    }

    /** The newest commit of a branch; there must be one. */
    ObjectId require(String branch) throws IOException {
        ObjectId head = head(branch);
        if (head == null) {
            throw new IOException("The branch of the log is gone");
        }
        return head;
    }

    /** Whether a commit has this checkpoint. */
    boolean has(ObjectId commit, Checkpoint checkpoint) throws IOException {
        try (RevWalk walk = new RevWalk(this.git)) {
            return walk.parseCommit(commit).getFullMessage().contains(AnchorLine.of(checkpoint.note()));
        }
    }

    /** Whether one commit comes before another one, or is the same. */
    boolean isBefore(ObjectId earlier, ObjectId later) throws IOException {
        try (RevWalk walk = new RevWalk(this.git)) {
            walk.setRevFilter(RevFilter.MERGE_BASE);
            return walk.isMergedInto(walk.parseCommit(earlier), walk.parseCommit(later));
        }
    }

    /** Writes a commit; no branch has it yet. */
    ObjectId write(List<ObjectId> parents, Checkpoint checkpoint) throws IOException {
        try (ObjectInserter objects = this.git.newObjectInserter()) {
            ObjectId file = objects.insert(Constants.OBJ_BLOB, checkpoint.note().getBytes(StandardCharsets.UTF_8));
            TreeFormatter tree = new TreeFormatter();
            tree.append(FILE, FileMode.REGULAR_FILE, file);
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(objects.insert(tree));
            commit.setParentIds(parents);
            PersonIdent author = new PersonIdent("Enact", "", checkpoint.timestamp(), ZoneOffset.UTC);
            commit.setAuthor(author);
            commit.setCommitter(author);
            commit.setMessage("Receipt log " + checkpoint.log() + " has " + checkpoint.size() + " entries\n\n"
                    + AnchorLine.of(checkpoint.note()) + "\n");
            ObjectId id = objects.insert(commit);
            objects.flush();
            return id;
        }
    }

    /** Moves a branch forward, and nowhere else. */
    void advance(String branch, @Nullable ObjectId from, ObjectId to) throws IOException {
        RefUpdate update = this.git.updateRef(branch);
        update.setExpectedOldObjectId((from != null) ? from : ObjectId.zeroId());
        update.setNewObjectId(to);
        update.disableRefLog();
        RefUpdate.Result result = update.update();
        switch (result) {
            case NEW, FAST_FORWARD, NO_CHANGE -> {}
            default -> throw new IOException("The branch of the log could not be moved forward: " + result);
        }
    }
}
