package cloud.enact.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The files below one directory, on disk or as they will be after some steps. Immutable. */
record Tree(Map<String, String> files) {

    private static final List<String> NAMES =
            List.of("a.txt", "b.txt", "d1/a.txt", "d1/b.txt", "d1/sub/c.txt", "d2/a.txt");

    /** What is on disk. */
    static Tree of(Path root, String directory) throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (Path path : below(root.resolve(directory))) {
            if (Files.isRegularFile(path)) {
                files.put(root.relativize(path).toString(), Files.readString(path));
            }
        }
        return new Tree(files);
    }

    /** The directories on disk, because undo must remove those that a run made. */
    static String directories(Path root, String directory) throws IOException {
        StringBuilder names = new StringBuilder();
        for (Path path : below(root.resolve(directory))) {
            if (Files.isDirectory(path)) {
                names.append(root.relativize(path)).append('\n');
            }
        }
        return sha256(names.toString());
    }

    private static List<Path> below(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(directory)) {
            return all.sorted().toList();
        }
    }

    /** A step that can be taken here: operation and arguments. */
    List<String> anyStep(String directory, Random random) {
        List<String> present = new ArrayList<>(this.files.keySet());
        String free = directory + "/" + NAMES.get(random.nextInt(NAMES.size()));
        String text = text(random);
        int choice = random.nextInt(10);
        if (present.isEmpty() || choice < 4) {
            return List.of("write_file", free, text);
        }
        String taken = present.get(random.nextInt(present.size()));
        if (choice < 6) {
            return List.of("append_file", taken, text);
        }
        if (choice < 8 && !this.files.containsKey(free)) {
            return List.of("move_file", taken, free);
        }
        TreeSet<String> directories = new TreeSet<>();
        for (String path : present) {
            String parent = path.substring(0, path.lastIndexOf('/'));
            if (!parent.equals(directory)) {
                directories.add(parent);
            }
        }
        return (choice == 8 && !directories.isEmpty())
                ? List.of("delete_dir", directories.first())
                : List.of("delete_file", taken);
    }

    private static String text(Random random) {
        int letters = (random.nextInt(8) == 0) ? 200_000 : 1 + random.nextInt(2_000);
        return Integer.toString(random.nextInt(1_000_000)).repeat(letters / 6 + 1);
    }

    /** The tree after a step. */
    Tree after(List<String> step) {
        Map<String, String> next = new TreeMap<>(this.files);
        String path = step.get(1);
        switch (step.get(0)) {
            case "write_file" -> next.put(path, step.get(2));
            case "append_file" -> next.merge(path, step.get(2), String::concat);
            case "move_file" -> next.put(step.get(2), next.remove(path));
            case "delete_file" -> next.remove(path);
            case "delete_dir" -> next.keySet().removeIf(name -> name.startsWith(path + "/"));
            default -> throw new IllegalArgumentException(step.get(0));
        }
        return new Tree(next);
    }

    /** Digest of names and contents. */
    String digest() {
        StringBuilder all = new StringBuilder();
        this.files.forEach(
                (name, text) -> all.append(name).append('\0').append(text).append('\0'));
        return sha256(all.toString());
    }

    static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException(ex);
        }
    }
}
