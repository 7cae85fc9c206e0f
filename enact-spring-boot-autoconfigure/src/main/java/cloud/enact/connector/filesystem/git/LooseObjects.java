package cloud.enact.connector.filesystem.git;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Objects that are files of their own, each at {@code objects/<first two digits>/<the others>}. */
final class LooseObjects {

    /** {@code commit}, a space, a length, and a NUL. */
    private static final int LONGEST_HEADER = 32;

    private final Path objects;

    LooseObjects(Path objects) {
        this.objects = objects;
    }

    /** Finds an object by its name, 40 hexadecimal digits; {@code null} when it is not here. */
    @Nullable
    GitObject find(String name, Budget budget) throws IOException {
        Path shard = this.objects.resolve(name.substring(0, 2));
        Path file = shard.resolve(name.substring(2));
        if (!PlainFile.isDirectory(shard)) {
            return null;
        }
        try (PlainFile opened = PlainFile.open(file, budget)) {
            if (opened == null) {
                return null;
            }
            try (Inflated in = new Inflated(opened.from(0), budget)) {
                String[] header = header(in).split(" ", -1);
                long size = (header.length == 2) ? size(header[1]) : -1;
                return new GitObject(header[0], size, () -> open(file, budget), () -> force(file, budget));
            }
        }
    }

    private static void force(Path file, Budget budget) throws IOException {
        try (PlainFile opened = again(file, budget)) {
            opened.force();
        }
    }

    /** Opens what was found a moment ago. */
    private static PlainFile again(Path file, Budget budget) throws IOException {
        PlainFile opened = PlainFile.open(file, budget);
        if (opened == null) {
            throw new IOException("an object of the repository has just been taken away");
        }
        return opened;
    }

    private static InputStream open(Path file, Budget budget) throws IOException {
        PlainFile opened = again(file, budget);
        Inflated in = new Inflated(new OwningInputStream(opened.from(0), opened), budget);
        try {
            header(in);
            return in;
        } catch (IOException | RuntimeException ex) {
            in.close();
            throw ex;
        }
    }

    private static String header(InputStream in) throws IOException {
        StringBuilder header = new StringBuilder();
        for (int next = in.read(); next != 0; next = in.read()) {
            if (next < 0 || header.length() == LONGEST_HEADER) {
                throw new IOException("an object of the repository is not one");
            }
            header.append((char) next);
        }
        return header.toString();
    }

    private static long size(String digits) throws IOException {
        if (!digits.matches("[0-9]{1,18}")) {
            throw new IOException("an object of the repository is not one");
        }
        return Long.parseLong(digits);
    }
}
