package cloud.enact.connector.filesystem.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files of the commit a work tree stands on; directories are read once, when they are asked for. */
final class Commit {

    private static final int LARGEST_COMMIT = 1024 * 1024;

    private static final int LARGEST_TREE = 8 * 1024 * 1024;

    private final ObjectStore objects;

    private final String root;

    private final Map<String, Tree> trees = new HashMap<>();

    private final Budget names;

    private Commit(ObjectStore objects, String root, Budget names) {
        this.objects = objects;
        this.names = names;
        this.root = root;
    }

    /**
     * Begins to read one.
     *
     * @param name 40 hexadecimal digits
     * @param names how many names of files and directories may be in memory, those of other commits included
     * @return {@code null} when it is not there
     */
    static @Nullable Commit read(ObjectStore objects, String name, Budget names) throws IOException {
        GitObject found = objects.find(name);
        if (found == null) {
            return null;
        }
        String text = new String(found.read("commit", LARGEST_COMMIT), StandardCharsets.ISO_8859_1);
        if (!text.matches("(?s)tree [0-9a-f]{40}\n.*")) {
            throw new IOException("a commit of the repository is damaged");
        }
        return new Commit(objects, text.substring(5, 45), names);
    }

    /** The object a file is in the commit; {@code null} when it is not in it. */
    @Nullable
    String file(Path relative) throws IOException {
        Path parent = relative.getParent();
        return tree((parent != null) ? parent : Path.of("")).files().get(String.valueOf(relative.getFileName()));
    }

    private Tree tree(Path directory) throws IOException {
        Tree known = this.trees.get(directory.toString());
        if (known != null) {
            return known;
        }
        Path parent = directory.getParent();
        String object = this.root;
        if (!directory.toString().isEmpty()) {
            Tree above = tree((parent != null) ? parent : Path.of(""));
            object = above.directories().get(String.valueOf(directory.getFileName()));
        }
        Tree read = (object != null) ? read(object) : Tree.EMPTY;
        this.names.spend(read.size() + 1);
        this.trees.put(directory.toString(), read);
        return read;
    }

    private Tree read(String object) throws IOException {
        GitObject found = this.objects.find(object);
        return (found != null) ? Tree.read(found.read("tree", LARGEST_TREE)) : Tree.EMPTY;
    }
}
