package cloud.enact.doubles.github;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/** One repository of the double, and the hands of a person who works on it past the API. */
public final class HostedRepository implements AutoCloseable {

    private static final PersonIdent PERSON = new PersonIdent("A Person", "person@example.com");

    private final String root;

    private final String owner;

    private final String name;

    private final int id;

    private final Repository git;

    private final GitObjects objects;

    private final GitRefs refs;

    private final GitHistory history;

    private final RefWrites writes;

    private final Tickets tickets = new Tickets(this);

    private boolean writable = true;

    HostedRepository(String root, String owner, String name, int id, Repository git) {
        this.root = root;
        this.owner = owner;
        this.name = name;
        this.id = id;
        this.git = git;
        this.objects = new GitObjects(git);
        this.refs = new GitRefs(git);
        this.history = new GitHistory(git, this.objects);
        this.writes = new RefWrites(this.refs, this.objects, this.history);
    }

    /** The repository as callers name it, such as {@code acme/shop}. */
    public String fullName() {
        return this.owner + "/" + this.name;
    }

    /** The bare repository on the disk. */
    public Path directory() {
        return this.git.getDirectory().toPath();
    }

    /** Commits files onto a branch as a person does, protected or not; a null content deletes, a new branch starts at main. */
    public synchronized String commit(String branch, Map<String, ? extends @Nullable String> files, String message) {
        return done(() -> {
            ObjectId parent = this.refs.head(branch);
            if (parent == null) {
                parent = this.refs.head("main");
            }
            List<GitObjects.TreeChange> changes = new ArrayList<>();
            for (Map.Entry<String, ? extends @Nullable String> file : files.entrySet()) {
                String content = file.getValue();
                changes.add(new GitObjects.TreeChange(
                        file.getKey(),
                        FileMode.REGULAR_FILE.getBits(),
                        content == null ? null : this.objects.blob(content.getBytes(StandardCharsets.UTF_8))));
            }
            ObjectId tree = this.objects.tree(parent, changes);
            PersonIdent person = now(PERSON);
            ObjectId commit =
                    this.objects.commit(tree, parent == null ? List.of() : List.of(parent), person, person, message);
            put(branch, commit);
            return commit.name();
        });
    }

    /** Merges one branch into another as a person does on the command line. */
    public synchronized String merge(String base, String head) {
        return done(() -> {
            ObjectId ours = needed(base);
            ObjectId theirs = needed(head);
            ObjectId tree = this.history.merge(ours, theirs);
            if (tree == null) {
                throw new IllegalStateException("Merge conflict between " + base + " and " + head);
            }
            PersonIdent person = now(PERSON);
            ObjectId commit = this.objects.commit(
                    tree, List.of(ours, theirs), person, person, "Merge branch '" + head + "' into " + base);
            put(base, commit);
            return commit.name();
        });
    }

    /** Head of a branch, if there is one. */
    public synchronized Optional<String> head(String branch) {
        return done(() -> Optional.ofNullable(this.refs.head(branch)).map(ObjectId::name));
    }

    /** Creates a branch. */
    public synchronized void branch(String branch, String commit) {
        done(() -> {
            if (this.refs.head(branch) != null) {
                throw new IllegalStateException("There is a branch " + branch + " already");
            }
            put(branch, ObjectId.fromString(commit));
            return branch;
        });
    }

    /** Points a branch at any commit, as a forced push does. */
    public synchronized void forcePush(String branch, String commit) {
        done(() -> {
            put(branch, ObjectId.fromString(commit));
            return branch;
        });
    }

    /** Deletes a branch. */
    public synchronized void deleteBranch(String branch) {
        done(() -> {
            needed(branch);
            put(branch, null);
            return branch;
        });
    }

    /** Lets a branch take merges of pull requests only. */
    public void protect(String branch) {
        protect(branch, Protection.PULL_REQUESTS);
    }

    /** Protects a branch. */
    public synchronized void protect(String branch, Protection protection) {
        this.writes.protect(branch, protection);
    }

    /** Takes the protection of a branch away. */
    public synchronized void unprotect(String branch) {
        this.writes.protect(branch, null);
    }

    /** Merges with the git command from now on, which must be there, and so follows files that were moved. */
    public void mergeWithGit() {
        this.history.mergeWithGit();
    }

    /** Gives or takes the right of the token to write. */
    public synchronized void writable(boolean writable) {
        this.writable = writable;
    }

    /** Text of a file at a branch, a full name or a commit, if it is there. */
    public synchronized Optional<String> file(String ref, String path) {
        return done(() -> {
            ObjectId commit = this.refs.resolve(ref);
            if (commit == null) {
                return Optional.empty();
            }
            GitObjects.Entry entry = this.objects.entry(this.objects.treeOf(commit), path);
            return entry == null || entry.isTree()
                    ? Optional.empty()
                    : Optional.of(new String(this.objects.content(entry.object()), StandardCharsets.UTF_8));
        });
    }

    /** Id of the tree of a branch, a full name or a commit. */
    public synchronized String tree(String ref) {
        return done(() -> this.objects.treeOf(needed(ref)).name());
    }

    /** Every name and the commit it stands for. */
    public synchronized Map<String, String> refs() {
        return done(() -> {
            Map<String, String> refs = new TreeMap<>();
            this.refs.below("refs/").forEach((name, commit) -> refs.put(name, commit.name()));
            return refs;
        });
    }

    /** Its issues and pull requests. */
    public Tickets tickets() {
        return this.tickets;
    }

    /** Everything that a caller could change, to be compared. */
    public synchronized RepositoryState state() {
        return new RepositoryState(refs(), this.tickets.state(), this.tickets.labels());
    }

    @Override
    public synchronized void close() {
        this.git.close();
    }

    String owner() {
        return this.owner;
    }

    String name() {
        return this.name;
    }

    int id() {
        return this.id;
    }

    String nodeId() {
        return "R_" + this.id;
    }

    boolean isWritable() {
        return this.writable;
    }

    GitObjects objects() {
        return this.objects;
    }

    GitRefs refNames() {
        return this.refs;
    }

    GitHistory history() {
        return this.history;
    }

    RefWrites writes() {
        return this.writes;
    }

    /** Address of a part of it in the API. */
    String api(String part) {
        return this.root + "/repos/" + fullName() + Url.path(part);
    }

    /** Address of a part of it for people. */
    String html(String part) {
        return this.root + "/" + fullName() + Url.path(part);
    }

    /** Moves names as the API lets its callers. */
    void move(List<RefChange> changes) throws IOException {
        this.writes.move(changes);
        this.tickets.rules().follow();
    }

    /** Points a branch at a commit, whatever protects it. */
    void put(String branch, @Nullable ObjectId commit) throws IOException {
        this.refs.set(Constants.R_HEADS + branch, commit);
        this.tickets.rules().follow();
    }

    static PersonIdent now(PersonIdent who) {
        return new PersonIdent(who, Instant.now().truncatedTo(ChronoUnit.SECONDS), ZoneOffset.UTC);
    }

    private ObjectId needed(String ref) throws IOException {
        ObjectId commit = this.refs.resolve(ref);
        if (commit == null) {
            throw new IllegalStateException("There is no " + ref + " in " + fullName());
        }
        return commit;
    }

    private static <T> T done(Work<T> work) {
        try {
            return work.result();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Something done in the repository. */
    @FunctionalInterface
    private interface Work<T> {

        T result() throws IOException;
    }
}
