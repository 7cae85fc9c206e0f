package cloud.enact.connector.github;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.merge.RecursiveMerger;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * People at work on branches of a bare repository, at random: lines, whole files, names, modes and binary content. Lines
 * that may change stand three lines apart, because tools differ over changes side by side.
 */
final class GeneratedHistory implements AutoCloseable {

    private static final int SLOTS = 5;

    private static final List<String> TEXTS = List.of("a.txt", "b.txt", "dir/c.txt");

    private final Repository git;

    private final Random random;

    private int commits;

    GeneratedHistory(Path bare, Random random) throws IOException {
        this.git =
                new FileRepositoryBuilder().setBare().setGitDir(bare.toFile()).build();
        this.random = random;
    }

    /** Files to begin with. */
    void begin() {
        Map<String, Entry> files = read("main");
        TEXTS.forEach(name -> files.put(name, new Entry(render(fresh()), false)));
        files.put("picture.bin", new Entry(binary(), false));
        files.put("run.sh", new Entry(render(fresh()), true));
        write("main", files, List.of(head("main")));
    }

    void branch(String name, String from) {
        set(name, head(from));
    }

    /** Some commits of somebody. */
    void work(String branch, int most) {
        int count = this.random.nextInt(most + 1);
        for (int i = 0; i < count; i++) {
            commit(branch);
        }
    }

    /** One commit that changes something. */
    void commit(String branch) {
        Map<String, Entry> files = read(branch);
        int changes = 1 + this.random.nextInt(2);
        for (int i = 0; i < changes; i++) {
            change(files);
        }
        write(branch, files, List.of(head(branch)));
    }

    /** Both branches merge what the other one was, so that they have two nearest common commits. */
    void cross(String one, String other) {
        ObjectId first = head(one);
        ObjectId second = head(other);
        ObjectId tree = merged(first, second);
        if (tree != null) {
            set(one, commit(tree, List.of(first, second)));
            set(other, commit(tree, List.of(second, first)));
        }
    }

    private void change(Map<String, Entry> files) {
        List<String> names = new ArrayList<>(files.keySet());
        names.remove("README.md");
        if (names.isEmpty()) {
            files.put("again.txt", new Entry(render(fresh()), false));
            return;
        }
        String name = names.get(this.random.nextInt(names.size()));
        Entry entry = files.get(name);
        switch (this.random.nextInt(10)) {
            case 0 -> files.remove(name);
            case 1 -> {
                files.remove(name);
                files.put("renamed" + this.random.nextInt(3), entry);
            }
            case 2 -> files.put(name, new Entry(entry.content(), !entry.executable()));
            case 3 -> files.put("new" + this.random.nextInt(3), new Entry(render(fresh()), false));
            case 4 -> files.put("picture.bin", new Entry(binary(), false));
            default -> files.put(name, new Entry(edited(entry.content()), entry.executable()));
        }
    }

    private byte[] edited(byte[] content) {
        List<String> slots = slots(new String(content, StandardCharsets.ISO_8859_1));
        if (slots.size() != SLOTS) {
            return binary();
        }
        int slot = this.random.nextInt(SLOTS);
        slots.set(
                slot,
                switch (this.random.nextInt(4)) {
                    case 0 -> "";
                    case 1 -> "added " + this.random.nextInt(3) + "\n" + slots.get(slot);
                    default -> "line " + this.random.nextInt(1000) + "\n";
                });
        return render(slots);
    }

    private List<String> fresh() {
        List<String> slots = new ArrayList<>();
        for (int i = 0; i < SLOTS; i++) {
            slots.add("begin " + this.random.nextInt(1000) + "\n");
        }
        return slots;
    }

    private static byte[] render(List<String> slots) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < slots.size(); i++) {
            text.append(slots.get(i))
                    .append("= ")
                    .append(i)
                    .append("\n= ")
                    .append(i)
                    .append(" mid\n= ")
                    .append(i);
            text.append(" end\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> slots(String text) {
        List<String> slots = new ArrayList<>();
        String rest = text;
        for (int i = 0; i < SLOTS; i++) {
            String fixed = "= " + i + "\n= " + i + " mid\n= " + i + " end\n";
            int at = rest.indexOf(fixed);
            if (at < 0) {
                return List.of();
            }
            slots.add(rest.substring(0, at));
            rest = rest.substring(at + fixed.length());
        }
        return slots;
    }

    private byte[] binary() {
        byte[] content = new byte[200];
        this.random.nextBytes(content);
        content[0] = 0;
        return content;
    }

    private ObjectId head(String branch) {
        return done(() -> this.git.exactRef(Constants.R_HEADS + branch).getObjectId());
    }

    private void set(String branch, ObjectId commit) {
        done(() -> {
            RefUpdate update = this.git.updateRef(Constants.R_HEADS + branch, true);
            update.disableRefLog();
            update.setForceUpdate(true);
            update.setNewObjectId(commit);
            return update.update();
        });
    }

    private Map<String, Entry> read(String branch) {
        return done(() -> {
            Map<String, Entry> files = new TreeMap<>();
            try (RevWalk commits = new RevWalk(this.git);
                    TreeWalk walk = new TreeWalk(this.git)) {
                walk.addTree(commits.parseCommit(head(branch)).getTree());
                walk.setRecursive(true);
                while (walk.next()) {
                    files.put(
                            walk.getPathString(),
                            new Entry(
                                    this.git.open(walk.getObjectId(0)).getBytes(),
                                    walk.getFileMode(0).equals(FileMode.EXECUTABLE_FILE)));
                }
            }
            return files;
        });
    }

    private void write(String branch, Map<String, Entry> files, List<ObjectId> parents) {
        set(branch, done(() -> {
            DirCache cache = DirCache.newInCore();
            DirCacheBuilder builder = cache.builder();
            try (ObjectInserter inserter = this.git.newObjectInserter()) {
                for (Map.Entry<String, Entry> file : files.entrySet()) {
                    DirCacheEntry entry = new DirCacheEntry(file.getKey());
                    entry.setFileMode(file.getValue().executable() ? FileMode.EXECUTABLE_FILE : FileMode.REGULAR_FILE);
                    entry.setObjectId(
                            inserter.insert(Constants.OBJ_BLOB, file.getValue().content()));
                    builder.add(entry);
                }
                builder.finish();
                ObjectId tree = cache.writeTree(inserter);
                inserter.flush();
                return commit(tree, parents);
            }
        }));
    }

    private ObjectId commit(ObjectId tree, List<ObjectId> parents) {
        return done(() -> {
            CommitBuilder commit = new CommitBuilder();
            // a second apart, so that histories have an order
            PersonIdent person = new PersonIdent(
                    new PersonIdent("A Person", "person@example.com"),
                    Instant.ofEpochSecond(1_700_000_000L + this.commits));
            commit.setAuthor(person);
            commit.setCommitter(person);
            commit.setMessage("Work " + this.commits++);
            commit.setTreeId(tree);
            commit.setParentIds(parents);
            try (ObjectInserter inserter = this.git.newObjectInserter()) {
                ObjectId id = inserter.insert(commit);
                inserter.flush();
                return id;
            }
        });
    }

    private ObjectId merged(ObjectId one, ObjectId other) {
        return done(() -> {
            RecursiveMerger merger = (RecursiveMerger) MergeStrategy.RECURSIVE.newMerger(this.git, true);
            return merger.merge(one, other) ? merger.getResultTreeId() : null;
        });
    }

    @Override
    public void close() {
        this.git.close();
    }

    private static <T> T done(Work<T> work) {
        try {
            return work.result();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private interface Work<T> {

        T result() throws IOException;
    }

    private record Entry(byte[] content, boolean executable) {}
}
