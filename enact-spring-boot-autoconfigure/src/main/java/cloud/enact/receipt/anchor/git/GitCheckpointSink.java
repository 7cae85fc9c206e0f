package cloud.enact.receipt.anchor.git;

import cloud.enact.receipt.AnchorSource;
import cloud.enact.receipt.Checkpoint;
import cloud.enact.receipt.CheckpointSink;
import cloud.enact.receipt.anchor.AnchorFile;
import cloud.enact.undo.OwnerOnly;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Commits each checkpoint to a git repository, on a branch per log, and pushes it where a remote is named. Branches
 * move forward only. Thread-safe.
 */
public final class GitCheckpointSink implements CheckpointSink, AnchorSource, AutoCloseable {

    private static final String BRANCHES = "refs/heads/checkpoints/";

    /** So often loose objects are looked at, and packed when there are many. */
    private static final int PACK_EVERY = 500;

    private final GitOptions options;

    private final @Nullable GitRemote remote;

    /** Held while a checkpoint is written and pushed, and by nobody who reads or closes: a remote may take long. */
    private final Object writing = new Object();

    private @Nullable Repository repository;

    private int commits;

    public GitCheckpointSink(GitOptions options) {
        this.options = options;
        this.remote = (options.remote() != null) ? new GitRemote(options) : null;
    }

    @Override
    public String name() {
        return "git";
    }

    @Override
    public void accept(Checkpoint checkpoint) throws IOException {
        synchronized (this.writing) {
            Repository git = open();
            NoteCommits notes = new NoteCommits(git);
            String branch = branch(checkpoint.log());
            try {
                commit(notes, branch, List.of(), checkpoint);
                if (this.remote != null) {
                    push(git, notes, branch, checkpoint, this.remote);
                }
            } catch (TransportException ex) {
                // its message holds the address
                throw new IOException(
                        "The git remote can't be reached, or refuses: check its address and the token", ex);
            }
            if (++this.commits % PACK_EVERY == 0) {
                git.autoGC(NullProgressMonitor.INSTANCE);
            }
        }
    }

    private static void push(Repository git, NoteCommits notes, String branch, Checkpoint checkpoint, GitRemote remote)
            throws IOException {
        if (!remote.push(git, branch, notes.require(branch))) {
            // another machine wrote this log in between: its checkpoints come before this one
            commit(notes, branch, catchUp(git, notes, branch, remote), checkpoint);
            if (!remote.push(git, branch, notes.require(branch))) {
                throw new IOException("The git remote was changed meanwhile");
            }
        }
        notes.advance(pushed(branch), notes.head(pushed(branch)), notes.require(branch));
    }

    /** Where the remote's branch was when it was pushed to last. */
    private static String pushed(String branch) {
        return branch.replace("refs/heads/", "refs/remotes/origin/");
    }

    private static void commit(NoteCommits notes, String branch, List<ObjectId> others, Checkpoint checkpoint)
            throws IOException {
        @Nullable ObjectId head = notes.head(branch);
        if (head != null && others.isEmpty() && notes.has(head, checkpoint)) {
            return;
        }
        List<ObjectId> parents = new ArrayList<>(others);
        if (head != null) {
            parents.add(head);
        }
        notes.advance(branch, head, notes.write(parents, checkpoint));
    }

    /** What the remote has and this repository has not. */
    private static List<ObjectId> catchUp(Repository git, NoteCommits notes, String branch, GitRemote remote)
            throws IOException {
        @Nullable ObjectId there = remote.fetch(git, branch);
        @Nullable ObjectId pushed = notes.head(pushed(branch));
        if (pushed != null && (there == null || !notes.isBefore(pushed, there))) {
            throw new IOException("The git remote no longer has what was pushed to it: its history was rewritten."
                    + " Keep " + git.getDirectory() + " as evidence and compare the two");
        }
        return (there != null) ? List.of(there) : List.of();
    }

    private synchronized Repository open() throws IOException {
        if (this.repository != null) {
            return this.repository;
        }
        boolean exists = this.options.directory().resolve("HEAD").toFile().exists();
        if (!exists) {
            OwnerOnly.createDirectories(this.options.directory());
        }
        Repository git = new FileRepositoryBuilder()
                .setGitDir(this.options.directory().toFile())
                .setBare()
                .build();
        if (!exists) {
            git.create(true);
            StoredConfig config = git.getConfig();
            config.setBoolean("receive", null, "denyNonFastForwards", true);
            config.setBoolean("receive", null, "denyDeletes", true);
            // what is anchored must survive the machine
            config.setString(ConfigConstants.CONFIG_CORE_SECTION, null, "fsync", "objects,reference");
            config.setBoolean(ConfigConstants.CONFIG_CORE_SECTION, null, "fsyncObjectFiles", true);
            config.setBoolean(ConfigConstants.CONFIG_CORE_SECTION, null, "fsyncRefFiles", true);
            // packing happens on the sink's own thread
            config.setBoolean(ConfigConstants.CONFIG_GC_SECTION, null, ConfigConstants.CONFIG_KEY_AUTODETACH, false);
            config.save();
        }
        this.repository = git;
        return git;
    }

    /** The branch of a log; an id that git takes for no name is written in hexadecimal. */
    private static String branch(String log) {
        String branch = BRANCHES + log;
        return Repository.isValidRefName(branch)
                ? branch
                : BRANCHES + "0x" + HexFormat.of().formatHex(log.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void notes(Consumer<String> visitor) throws IOException {
        Repository git = open();
        try (RevWalk walk = new RevWalk(git)) {
            for (Ref ref : git.getRefDatabase().getRefsByPrefix(BRANCHES)) {
                walk.markStart(walk.parseCommit(ref.getObjectId()));
            }
            for (RevCommit commit : walk) {
                AnchorFile.read(
                        new ByteArrayInputStream(commit.getFullMessage().getBytes(StandardCharsets.UTF_8)), visitor);
                commit.disposeBody();
            }
        }
    }

    @Override
    public synchronized void close() {
        if (this.repository != null) {
            this.repository.close();
            this.repository = null;
        }
    }
}
