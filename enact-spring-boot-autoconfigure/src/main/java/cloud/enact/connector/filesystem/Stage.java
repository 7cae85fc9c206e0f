package cloud.enact.connector.filesystem;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A directory on the root's file system that only this instance enters. New things are made ready here and then
 * renamed into place, so that a path holds either its old or its new content; old things are renamed to here, looked
 * at once more where nobody can reach them by name, and only then deleted.
 *
 * <p>What is being made is called {@code new-…}; what was taken out, {@code gone-…} until it was looked at, and
 * {@code done-…} afterwards. An instance that dies leaves its directory; one of the next process removes {@code new-…}
 * and {@code done-…} from it and keeps {@code gone-…}, because that may hold somebody's last change.
 */
final class Stage implements Closeable {

    static final String DIRECTORY = ".enact-stage";

    private static final Log logger = LogFactory.getLog(Stage.class);

    private final StageHome home;

    /** Held from the last look at a path to its renaming, never while content is read or written. */
    private final ReentrantLock renaming = new ReentrantLock();

    Stage(StageHome home) {
        this.home = home;
    }

    /** The directory itself; never close it. */
    Dir dir() {
        return this.home.dir();
    }

    /** The mode a new file gets from the process. */
    String fileMode() {
        return this.home.fileMode();
    }

    /** A name for something new. */
    String fresh() {
        return "new-" + UUID.randomUUID();
    }

    /** Makes an empty directory and returns its name here. */
    String makeDirectory() throws IOException {
        String name = fresh();
        StageHome.makeDirectory(dir(), this.home.path(), name);
        return name;
    }

    /** Makes a symbolic link and returns its name here. */
    String makeLink(String target) throws IOException {
        String name = fresh();
        Path path = path(name);
        Files.createSymbolicLink(path, path.getFileSystem().getPath(target));
        if (dir().peek(name) == null) {
            throw new RootMovedException();
        }
        return name;
    }

    /** Leads to something here, for what Java can do by path only. */
    Path path(String name) {
        return this.home.path().resolve(name);
    }

    /** Sets the time of something here, as exactly as the platform can. */
    void setModified(String name, FileTime time) throws IOException {
        Files.getFileAttributeView(path(name), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(time, null, null);
    }

    /** Gives something here to somebody, a link itself too; does nothing when it is theirs. */
    void setOwner(String name, String owner, String group) throws IOException {
        Path path = path(name);
        PosixFileAttributeView view =
                Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        Stat stat = Stat.of(view.readAttributes());
        var principals = path.getFileSystem().getUserPrincipalLookupService();
        if (!stat.owner().equals(owner)) {
            view.setOwner(principals.lookupPrincipalByName(owner));
        }
        if (!stat.group().equals(group)) {
            view.setGroup(principals.lookupPrincipalByGroupName(group));
        }
    }

    /**
     * Renames something here into its place.
     *
     * @param expected what was seen there; {@code null} for nothing
     * @throws ChangedMeanwhileException when anything else is there by now
     */
    void place(String staged, Dir to, String name, @Nullable Stat expected) throws IOException {
        this.renaming.lock();
        try {
            Stat now = to.look(name);
            if (expected != null) {
                Stat.requireSame(expected, now);
            } else if (now != null) {
                throw new ChangedMeanwhileException();
            }
            dir().move(staged, to, name);
        } finally {
            this.renaming.unlock();
        }
    }

    /**
     * Renames something elsewhere to a name that is free.
     *
     * @throws ChangedMeanwhileException when something else than expected is there by now, or the name is taken
     */
    void move(Dir from, String name, Stat expected, Dir to, String newName) throws IOException {
        this.renaming.lock();
        try {
            Stat.requireSame(expected, from.look(name));
            if (to.look(newName) != null) {
                throw new ChangedMeanwhileException();
            }
            from.move(name, to, newName);
        } finally {
            this.renaming.unlock();
        }
    }

    /** Takes something out of a directory to here, at once, and returns its name here. */
    String take(Dir from, String name, Stat expected) throws IOException {
        String taken = "gone-" + UUID.randomUUID();
        move(from, name, expected, dir(), taken);
        return taken;
    }

    /**
     * Puts back what was taken, unless its name is in use again.
     *
     * @param why why it is put back
     * @throws IOException that says where it is kept, when it can't be put back
     */
    void putBack(String taken, Dir to, String name, Exception why) throws IOException {
        this.renaming.lock();
        try {
            if (to.peek(name) == null) {
                dir().move(taken, to, name);
                return;
            }
        } catch (IOException ex) {
            why.addSuppressed(ex);
        } finally {
            this.renaming.unlock();
        }
        logger.warn("Something that had changed when it was taken away could not be put back: it is kept as " + taken
                + " in " + DIRECTORY + " of the connector's root. Look at it and move it back");
        throw new IOException(
                "it had changed when it was taken away, and could not be put back because its name is in use again or"
                        + " out of reach: it is kept as " + taken + " in " + DIRECTORY
                        + " of the connector's root. Look at it and move it back",
                why);
    }

    /** Deletes what was taken and looked at. It is gone from its place already, so nothing fails when that can't be. */
    void delete(String taken) {
        String done = "done-" + taken.substring(taken.indexOf('-') + 1);
        try {
            dir().move(taken, dir(), done);
            Trees.delete(dir(), done);
        } catch (IOException ex) {
            logger.warn("Something that was deleted could not be removed from " + DIRECTORY
                    + " of the connector's root: " + Trouble.sentence(ex) + ". Remove " + done + " there by hand");
        }
    }

    /** Deletes something new that is not needed after all; a failure is added to the reason. */
    void discard(@Nullable String name, Throwable why) {
        try {
            if (name != null && dir().peek(name) != null) {
                Trees.delete(dir(), name);
            }
        } catch (IOException ex) {
            why.addSuppressed(ex);
        }
    }

    @Override
    public void close() throws IOException {
        this.home.close();
    }
}
