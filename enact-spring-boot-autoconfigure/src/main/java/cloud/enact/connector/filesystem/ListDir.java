package cloud.enact.connector.filesystem;

import cloud.enact.undo.BlobStore;
import cloud.enact.undo.StepResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Returns what is in a directory, without what Enact keeps there. */
final class ListDir extends FileStep {

    private final JailPath path;

    ListDir(String connector, FileOperation operation, Map<String, @Nullable Object> args, Site site, JailPath path) {
        super(connector, operation, args, site);
        this.path = path;
    }

    @Override
    @Nullable
    StepMemo look(BlobStore blobs) {
        return null;
    }

    @Override
    StepResult change() throws IOException {
        List<Map<String, @Nullable Object>> entries = new ArrayList<>();
        boolean more = false;
        Dir opened = this.site.jail().open(this.path);
        if (opened == null) {
            throw new IOException("there is no such directory");
        }
        try (Dir dir = opened;
                Dir.Listing names = dir.list()) {
            for (Path name = names.next(); name != null; name = names.next()) {
                Map<String, @Nullable Object> entry = entry(dir, name.toString());
                if (entry == null) {
                    continue;
                }
                if (entries.size() == this.site.limits().maxListEntries()) {
                    more = true;
                    break;
                }
                entries.add(entry);
            }
        }
        entries.sort(Comparator.comparing(entry -> String.valueOf(entry.get("name"))));
        Map<String, @Nullable Object> output = output(this.path);
        output.put("entries", entries);
        output.put("truncated", more);
        return new StepResult(output, null, null);
    }

    private @Nullable Map<String, @Nullable Object> entry(Dir dir, String name) throws IOException {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("name", name);
        if (!represents(name)) {
            entry.put("kind", "unreadable_name");
            return entry;
        }
        Stat stat = dir.peek(name);
        if (stat == null
                || dir.isOutOfReach(stat)
                || JailPath.isReserved(name)
                || this.site.jail().isForbidden(this.path.child(name))) {
            return null;
        }
        entry.put("kind", stat.kind().name().toLowerCase(Locale.ROOT));
        if (stat.is(Stat.Kind.FILE)) {
            entry.put("bytes", stat.size());
        }
        entry.put("modified", stat.modified().toInstant().toString());
        return entry;
    }

    /** A name that was decoded with a replacement character would be looked for in vain. */
    private static boolean represents(String name) {
        return name.indexOf('\uFFFD') < 0;
    }
}
