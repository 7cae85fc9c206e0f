package cloud.enact.connector.filesystem.git;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The objects of one repository, not those it borrows from others. For one thread. */
final class ObjectStore implements Closeable {

    /** Git packs anew when there are fifty; all may be open at once. */
    private static final int MOST_PACKS = 100;

    private static final int MOST_LOOKED_AT = 10_000;

    /** How often packs are looked for again when an object is in none. */
    private static final int MOST_LISTS = 3;

    private final Path directory;

    private final Budget budget;

    private final int mostInMemory;

    private final LooseObjects loose;

    /** The one that had the last object comes first. */
    private @Nullable List<Pack> packs;

    private int lists;

    /**
     * Makes one.
     *
     * @param directory called {@code objects}, absolute
     * @param mostInMemory see {@link Pack}
     */
    ObjectStore(Path directory, Budget budget, int mostInMemory) {
        this.directory = directory;
        this.budget = budget;
        this.mostInMemory = mostInMemory;
        this.loose = new LooseObjects(directory);
    }

    /**
     * Finds an object by its name, 40 hexadecimal digits.
     *
     * @return {@code null} when it is not here
     */
    @Nullable
    GitObject find(String name) throws IOException {
        if (!PlainFile.isDirectory(this.directory)) {
            return null;
        }
        GitObject found = this.loose.find(name, this.budget);
        if (found == null) {
            found = packed(PackIndex.bytes(name));
        }
        while (found == null && this.lists < MOST_LISTS) {
            // git may have packed what was loose just now
            close();
            this.packs = null;
            found = packed(PackIndex.bytes(name));
        }
        return found;
    }

    private @Nullable GitObject packed(byte[] name) throws IOException {
        List<Pack> all = packs();
        for (int i = 0; i < all.size(); i++) {
            GitObject found = all.get(i).find(name);
            if (found != null) {
                all.add(0, all.remove(i));
                return found;
            }
        }
        return null;
    }

    private List<Pack> packs() throws IOException {
        if (this.packs == null) {
            this.lists++;
            this.packs = list();
        }
        return this.packs;
    }

    private List<Pack> list() throws IOException {
        List<Pack> found = new ArrayList<>();
        Path pack = this.directory.resolve("pack");
        if (!PlainFile.isDirectory(pack)) {
            return found;
        }
        int looked = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(pack)) {
            for (Path file : files) {
                if (++looked > MOST_LOOKED_AT || found.size() > MOST_PACKS) {
                    throw new IOException("the repository has too many packs");
                }
                if (String.valueOf(file.getFileName()).endsWith(".idx")) {
                    found.add(new Pack(file, this.budget, this.mostInMemory));
                }
            }
        } catch (DirectoryIteratorException ex) {
            throw ex.getCause();
        }
        return found;
    }

    /** Closes files that are open; they are opened again when something is asked. */
    @Override
    public void close() throws IOException {
        for (Pack pack : (this.packs != null) ? this.packs : List.<Pack>of()) {
            pack.close();
        }
    }
}
