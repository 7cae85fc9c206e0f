package cloud.enact.connector.filesystem;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the directories a path needs, and takes them away again. */
final class Parents {

    private final Site site;

    Parents(Site site) {
        this.site = site;
    }

    /**
     * Opens the directory of a path, making what is missing.
     *
     * @param parent the directory
     * @param modes modes for directories from below the root downwards; those beyond get the process's own
     * @param made is told the identity of each directory that was made, by its path
     */
    Dir open(JailPath parent, List<String> modes, Map<String, String> made) throws IOException {
        Approach approach = this.site.jail().approach(parent);
        Dir here = approach.dir();
        try {
            int depth = approach.modes().size();
            for (String name : approach.missing()) {
                depth++;
                String mode = (depth <= modes.size()) ? modes.get(depth - 1) : null;
                String id = make(here, name, mode);
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
    private @Nullable String make(Dir in, String name, @Nullable String mode) throws IOException {
        Stage stage = this.site.stage();
        String staged = stage.makeDirectory();
        try {
            this.site.renaming().lock();
            try {
                if (in.look(name) != null) {
                    Trees.delete(stage.dir(), staged);
                    return null;
                }
                stage.dir().move(staged, in, name);
            } finally {
                this.site.renaming().unlock();
            }
            if (mode != null) {
                // after the move: only root may move a directory that lacks its write bit
                in.setMode(name, mode);
            }
            in.force();
            Stat stat = in.look(name);
            return (stat != null) ? stat.id() : null;
        } catch (IOException | RuntimeException ex) {
            stage.discard(staged, ex);
            throw ex;
        }
    }

    /**
     * Removes directories a step made, the deepest first, as far as they are empty and still the same.
     *
     * @param made identities by path; an empty identity fits any directory
     */
    void remove(Map<String, String> made) throws IOException {
        List<String> deepestFirst = new ArrayList<>(made.keySet());
        deepestFirst.sort((one, two) -> Integer.compare(two.split("/").length, one.split("/").length));
        for (String text : deepestFirst) {
            JailPath path = this.site.jail().parse(text);
            try (Dir in = this.site.jail().open(path.parent())) {
                if (in != null && !removeEmpty(in, path.name(), made.getOrDefault(text, ""))) {
                    return;
                }
            }
        }
    }

    private static boolean removeEmpty(Dir in, String name, String id) throws IOException {
        Stat stat = in.look(name);
        if (stat == null) {
            return true;
        }
        if (!stat.is(Stat.Kind.DIRECTORY) || !(id.isEmpty() || id.equals(stat.id()))) {
            return false;
        }
        try (Dir dir = in.sub(name);
                Dir.Listing listing = dir.list()) {
            if (listing.next() != null) {
                return false;
            }
        }
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
