package cloud.enact.doubles.github;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;

/** Files that differ between two trees; a moved file is one removed and one added. */
final class FileChanges {

    /** GitHub lists no more. */
    private static final int MOST = 300;

    private final GitObjects objects;

    FileChanges(GitObjects objects) {
        this.objects = objects;
    }

    ArrayNode between(@Nullable ObjectId before, ObjectId after) throws IOException {
        Map<String, GitObjects.Entry> old = before == null ? Map.of() : leaves(before);
        Map<String, GitObjects.Entry> now = leaves(after);
        TreeSet<String> paths = new TreeSet<>(old.keySet());
        paths.addAll(now.keySet());
        ArrayNode files = Json.array();
        for (String path : paths) {
            GitObjects.Entry was = old.get(path);
            GitObjects.Entry is = now.get(path);
            if (was != null && was.equals(is)) {
                continue;
            }
            if (files.size() == MOST) {
                break;
            }
            GitObjects.Entry shown = is == null ? was : is;
            files.addObject()
                    .put("sha", shown == null ? null : shown.object().name())
                    .put("filename", path)
                    .put("status", was == null ? "added" : is == null ? "removed" : "modified")
                    .put("additions", 0)
                    .put("deletions", 0)
                    .put("changes", 0);
        }
        return files;
    }

    private Map<String, GitObjects.Entry> leaves(ObjectId tree) throws IOException {
        Map<String, GitObjects.Entry> leaves = new LinkedHashMap<>(this.objects.entries(tree, true));
        leaves.values().removeIf(GitObjects.Entry::isTree);
        return leaves;
    }
}
