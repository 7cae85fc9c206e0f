package cloud.enact.connector.filesystem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the directories a path needs, and takes them away again. What it makes is marked by an extended attribute, so
 * that it is known after a crash, after it was deleted and restored, and from a new directory of the same name. Where
 * there are no extended attributes, a directory is known by its inode.
 */
final class Parents {

    private static final String MARK = "enact.made";

    private static final Log logger = LogFactory.getLog(Parents.class);

    private final Site site;

    Parents(Site site) {
        this.site = site;
    }

    /**
     * Opens the directory of a path, making what is missing.
     *
     * @param parent the directory
     * @param modes modes for directories from below the root downwards; those beyond get the process's own
     * @param mark what they are marked with; empty for nothing
     * @param made is told the identity of each directory that was made, by its path
     */
    Dir open(JailPath parent, List<String> modes, String mark, Map<String, String> made) throws IOException {
        Approach approach = this.site.jail().approach(parent);
        Dir here = approach.dir();
        try {
            int depth = approach.modes().size();
            for (String name : approach.missing()) {
                depth++;
                String mode = (depth <= modes.size()) ? modes.get(depth - 1) : null;
                String id = make(here, name, mode, mark);
                if (id != null) {
                    made.put(new JailPath(parent.names().subList(0, depth)).text(), id);
                }
                Dir next = here.sub(name);
                here.close();
                here = next;
            }
            return here;
        } catch (IOException | RuntimeException ex) {
            here.close();
            throw ex;
        }
    }

    /** Returns the identity of what was made, or {@code null} when somebody else was faster. */
    private @Nullable String make(Dir in, String name, @Nullable String mode, String mark) throws IOException {
        Stage stage = this.site.stage();
        String staged = stage.makeDirectory();
        try {
            mark(stage, staged, mark);
            try {
                stage.place(staged, in, name, null);
            } catch (ChangedMeanwhileException ex) {
                Trees.delete(stage.dir(), staged);
                return null;
            }
            if (mode != null) {
                // after the move: only root may move a directory that lacks its write bit
                in.setMode(name, mode);
            }
            in.force();
            Stat stat = in.look(name);
            return (stat != null) ? identity(in, name, stat, mark) : null;
        } catch (IOException | RuntimeException ex) {
            stage.discard(staged, ex);
            throw ex;
        }
    }

    private static void mark(Stage stage, String staged, String mark) {
        if (mark.isEmpty()) {
            return;
        }
        byte[] bytes = mark.getBytes(StandardCharsets.US_ASCII);
        try {
            Extras.set(stage.path(staged), Map.of(MARK, Base64.getEncoder().encodeToString(bytes)));
        } catch (IOException ex) {
            logger.debug("A directory could not be marked; it is known by its inode", ex);
        }
    }

    private static String identity(Dir in, String name, Stat stat, String mark) throws IOException {
        return (!mark.isEmpty() && mark.equals(Extras.attribute(in, name, MARK))) ? mark : stat.id();
    }

    /** Whether a directory is surely the one that was made under an identity. */
    static boolean isMade(Dir in, String name, Stat stat, @Nullable String identity) throws IOException {
        return identity != null && stat.is(Stat.Kind.DIRECTORY) && identity.equals(identity(in, name, stat, identity));
    }

    /**
     * Removes directories a step made, the deepest first, as far as they are empty and surely those.
     *
     * @param made identities by path
     * @return the empty directory that stays because nobody can tell whether the step made it; usually {@code null}
     */
    @Nullable
    String remove(Map<String, String> made) throws IOException {
        List<String> deepestFirst = new ArrayList<>(made.keySet());
        deepestFirst.sort((one, two) -> Integer.compare(two.split("/").length, one.split("/").length));
        for (String text : deepestFirst) {
            JailPath path = this.site.jail().parse(text);
            try (Dir in = this.site.jail().open(path.parent())) {
                Stat stat = (in != null) ? in.look(path.name()) : null;
                if (in == null || stat == null) {
                    continue;
                }
                if (!isEmpty(in, path.name(), stat)) {
                    return null;
                }
                if (!isMade(in, path.name(), stat, made.get(text))) {
                    return text;
                }
                if (!removeEmpty(in, path.name())) {
                    return null;
                }
            }
        }
        return null;
    }

    private static boolean isEmpty(Dir in, String name, Stat stat) throws IOException {
        if (!stat.is(Stat.Kind.DIRECTORY)) {
            return false;
        }
        try (Dir dir = in.sub(name);
                Dir.Listing listing = dir.list()) {
            return listing.next() == null;
        }
    }

    private static boolean removeEmpty(Dir in, String name) throws IOException {
        try {
            in.deleteDirectory(name);
        } catch (FileSystemException ex) {
            if (in.look(name) != null) {
                // somebody put something into it since it was looked at, so it stays
                return false;
            }
        }
        in.force();
        return true;
    }

    /** A map for {@link #open} to fill. */
    static Map<String, String> none() {
        return new LinkedHashMap<>();
    }
}
