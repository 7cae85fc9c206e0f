package cloud.enact.doubles.github;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.dircache.InvalidPathException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/** Blobs, trees and commits of one repository. */
final class GitObjects {

    private final Repository git;

    GitObjects(Repository git) {
        this.git = git;
    }

    ObjectId blob(byte[] content) throws IOException {
        try (ObjectInserter inserter = this.git.newObjectInserter()) {
            ObjectId id = inserter.insert(Constants.OBJ_BLOB, content);
            inserter.flush();
            return id;
        }
    }

    byte[] content(ObjectId blob) throws IOException {
        try {
            return this.git.open(blob, Constants.OBJ_BLOB).getBytes();
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            throw Refusal.notFound();
        }
    }

    RevCommit commit(AnyObjectId id) throws IOException {
        try (RevWalk walk = new RevWalk(this.git)) {
            RevCommit commit = walk.parseCommit(id);
            walk.parseBody(commit);
            return commit;
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            throw Refusal.invalid("Object does not exist");
        }
    }

    /** Tree of a commit, or the tree itself. */
    ObjectId treeOf(ObjectId id) throws IOException {
        try (RevWalk walk = new RevWalk(this.git)) {
            return walk.parseTree(id).getId();
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            throw Refusal.notFound();
        }
    }

    boolean has(ObjectId id) throws IOException {
        return this.git.getObjectDatabase().has(id);
    }

    /** Type of an object that is there, as trees name it. */
    String type(ObjectId id) throws IOException {
        return Constants.typeString(this.git.open(id).getType());
    }

    ObjectId commit(
            ObjectId tree,
            List<? extends AnyObjectId> parents,
            PersonIdent author,
            PersonIdent committer,
            String message)
            throws IOException {
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(tree);
        parents.forEach(commit::addParentId);
        commit.setAuthor(author);
        commit.setCommitter(committer);
        commit.setMessage(message);
        try (ObjectInserter inserter = this.git.newObjectInserter()) {
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            return id;
        }
    }

    /** A tree with some entries put in place or, without an object, taken away. */
    ObjectId tree(@Nullable ObjectId base, List<TreeChange> changes) throws IOException {
        DirCache entries = DirCache.newInCore();
        try (ObjectReader reader = this.git.newObjectReader();
                ObjectInserter inserter = this.git.newObjectInserter()) {
            if (base != null) {
                DirCacheBuilder builder = entries.builder();
                builder.addTree(new byte[0], DirCacheEntry.STAGE_0, reader, treeOf(base));
                builder.finish();
            }
            for (TreeChange change : changes) {
                apply(entries, change, reader);
            }
            ObjectId tree = entries.writeTree(inserter);
            inserter.flush();
            return tree;
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid("tree.path contains a malformed path component");
        }
    }

    private static void apply(DirCache entries, TreeChange change, ObjectReader reader) throws IOException {
        if (change.path().isEmpty()
                || change.path().startsWith("/")
                || change.path().endsWith("/")) {
            throw new InvalidPathException(change.path());
        }
        ObjectId object = change.object();
        DirCacheEditor editor = entries.editor();
        if (object == null) {
            if (entries.getEntry(change.path()) == null && entries.getEntriesWithin(change.path()).length == 0) {
                throw Refusal.invalid("GitRPC::BadObjectState");
            }
            editor.add(new DirCacheEditor.DeletePath(change.path()));
            editor.add(new DirCacheEditor.DeleteTree(change.path()));
            editor.finish();
            return;
        }
        if (FileMode.TREE.equals(change.mode())) {
            editor.add(new DirCacheEditor.DeleteTree(change.path()));
            editor.finish();
            DirCacheBuilder builder = entries.builder();
            builder.keep(0, entries.getEntryCount());
            builder.addTree(change.path().getBytes(StandardCharsets.UTF_8), DirCacheEntry.STAGE_0, reader, object);
            builder.finish();
            return;
        }
        editor.add(new DirCacheEditor.PathEdit(change.path()) {
            @Override
            public void apply(DirCacheEntry entry) {
                entry.setFileMode(FileMode.fromBits(change.mode()));
                entry.setObjectId(object);
            }
        });
        editor.finish();
    }

    /** What stands at a path of a tree, if anything. */
    @Nullable
    Entry entry(ObjectId tree, String path) throws IOException {
        if (path.isEmpty()) {
            return new Entry("", FileMode.TREE.getBits(), tree);
        }
        try (TreeWalk walk = TreeWalk.forPath(this.git, path, tree)) {
            return walk == null ? null : new Entry(path, walk.getRawMode(0), walk.getObjectId(0));
        } catch (IllegalArgumentException e) {
            throw Refusal.notFound();
        }
    }

    /** Entries of a tree by path. */
    Map<String, Entry> entries(ObjectId tree, boolean recursive) throws IOException {
        Map<String, Entry> entries = new LinkedHashMap<>();
        try (TreeWalk walk = new TreeWalk(this.git)) {
            walk.addTree(tree);
            while (walk.next()) {
                entries.put(
                        walk.getPathString(), new Entry(walk.getPathString(), walk.getRawMode(0), walk.getObjectId(0)));
                if (recursive && walk.isSubtree()) {
                    walk.enterSubtree();
                }
            }
        }
        return entries;
    }

    /** An entry of a tree. */
    record Entry(String path, int mode, ObjectId object) {

        String octal() {
            return String.format("%06o", this.mode);
        }

        boolean isTree() {
            return FileMode.TREE.equals(this.mode);
        }
    }

    /** One entry to put in place or, without an object, to take away. */
    record TreeChange(String path, int mode, @Nullable ObjectId object) {}
}
