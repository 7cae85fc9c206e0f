package cloud.enact.connector.github;

import cloud.enact.connector.github.GitData.TreeEntry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of some files differs from a tree. Only files come and go: never a folder, a link or a submodule, and a file that
 * can be run stays one. For one operation, on one thread.
 */
final class TreeEdit {

    private static final int MOST_FOLDERS = 200;

    private final GitData git;

    private final String base;

    private final Map<String, Map<String, TreeEntry>> folders = new HashMap<>();

    TreeEdit(GitData git, String base) {
        this.git = git;
        this.base = base;
    }

    /**
     * Makes the tree that has the files.
     *
     * @return its id; the same one when the files are as they should be
     */
    String with(ChangedFiles files) {
        List<Map<String, @Nullable Object>> entries = new ArrayList<>();
        files.texts().forEach((path, text) -> {
            TreeEntry there = find(path);
            if (there != null && !there.isFile()) {
                throw GitHubStep.impossible("A path in 'files' is a folder, a link or a submodule; only files change");
            }
            boolean same =
                    (there == null) ? text == null : text != null && there.sha().equals(blob(text));
            if (!same) {
                entries.add(entry(path, text, there));
            }
        });
        return entries.isEmpty() ? this.base : this.git.createTree(this.base, entries);
    }

    private static Map<String, @Nullable Object> entry(String path, @Nullable String text, @Nullable TreeEntry there) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("path", path);
        entry.put("mode", (there != null) ? there.mode() : "100644");
        entry.put("type", "blob");
        // without an object, the file goes
        entry.put((text != null) ? "content" : "sha", text);
        return entry;
    }

    private @Nullable TreeEntry find(String path) {
        String tree = this.base;
        String[] names = path.split("/");
        for (int i = 0; i < names.length; i++) {
            TreeEntry entry = folder(tree).get(names[i]);
            if (entry == null || i == names.length - 1) {
                return entry;
            }
            if (!entry.isFolder()) {
                throw GitHubStep.impossible("A path in 'files' leads through something that is no folder");
            }
            tree = entry.sha();
        }
        return null;
    }

    private Map<String, TreeEntry> folder(String tree) {
        if (!this.folders.containsKey(tree) && this.folders.size() >= MOST_FOLDERS) {
            throw GitHubStep.impossible(
                    "The files are in more than " + MOST_FOLDERS + " folders; push several commits");
        }
        return this.folders.computeIfAbsent(tree, this.git::tree);
    }

    /** The id that git gives to a text. */
    private static String blob(String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(("blob " + content.length + "\0").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha1.digest(content));
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("Every Java has SHA-1", ex);
        }
    }
}
