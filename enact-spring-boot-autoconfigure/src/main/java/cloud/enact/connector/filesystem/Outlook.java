package cloud.enact.connector.filesystem;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The tree as it will be once newer steps are undone: what is there now, and above it what those steps will have put
 * back. Used by one precheck.
 */
final class Outlook {

    private final Site site;

    private final Manifest.Lines lines;

    /** Every path any of the records speaks of: nothing else of a restored directory needs to be remembered. */
    private final Set<String> interest = new HashSet<>();

    /** By path. Sorted, so that what is below a directory is one range. */
    private final TreeMap<String, Node> restored = new TreeMap<>();

    /** Directories that will be restored with something in them nobody asks about, so they will not be empty. */
    private final TreeSet<String> occupied = new TreeSet<>();

    Outlook(Site site, Manifest.Lines lines, List<StepMemo> memos) {
        this.site = site;
        this.lines = lines;
        for (StepMemo memo : memos) {
            for (StepMemo.Change change : memo.changes()) {
                this.interest.add(change.path().text());
                this.interest.addAll(change.around().created().keySet());
            }
        }
    }

    /** What will be at a path, or {@code null} when newer steps have no say in it. */
    @Nullable
    Node foreseen(JailPath path) {
        for (JailPath at = path; !at.isRoot(); at = at.parent()) {
            Node node = this.restored.get(at.text());
            if (node != null) {
                // below something that was put back whole there is only what is known of it
                return at.equals(path) ? node : new Node.Absent();
            }
        }
        return null;
    }

    /** Whether newer steps have a say in anything below a directory. */
    boolean touches(JailPath directory) {
        return !below(directory.text()).isEmpty();
    }

    /** Notes that a step will have been undone. */
    void undone(StepMemo memo) throws IOException {
        for (StepMemo.Change change : memo.changes()) {
            String path = change.path().text();
            clear(path);
            this.restored.put(path, change.before());
            if (!(change.before() instanceof Node.Absent)) {
                standUp(change.path().parent());
            }
            if (change.before() instanceof Node.Tree tree) {
                unfold(change.path(), tree);
            }
        }
        for (StepMemo.Change change : memo.changes()) {
            JailPath parent = change.path().parent();
            Map<String, String> created = change.around().created();
            while (created.containsKey(parent.text()) && willGo(parent, created.get(parent.text()))) {
                clear(parent.text());
                this.restored.put(parent.text(), new Node.Absent());
                parent = parent.parent();
            }
        }
    }

    /** Directories that newer steps take away come back with what is put into them. */
    private void standUp(JailPath directory) {
        for (JailPath at = directory; !at.isRoot(); at = at.parent()) {
            if (this.restored.get(at.text()) instanceof Node.Absent) {
                this.restored.put(at.text(), new Node.Directory(new Node.Meta("rwxr-xr-x", "", "", "")));
            }
        }
    }

    /** Remembers of a restored directory what anybody will ask about. */
    private void unfold(JailPath top, Node.Tree tree) throws IOException {
        Map<Integer, JailPath> way = new HashMap<>();
        try (Manifest manifest = Manifest.open(this.site.blobs(), tree.manifest())) {
            for (Manifest.Entry entry = manifest.next(this.lines); entry != null; entry = manifest.next(this.lines)) {
                if (entry.depth() == 0) {
                    way.put(0, top);
                    continue;
                }
                JailPath above = way.get(entry.depth() - 1);
                if (above == null) {
                    throw new IOException("A captured directory can't be read: its manifest is not one");
                }
                JailPath path = above.child(entry.name());
                way.put(entry.depth(), path);
                if (this.interest.contains(path.text())) {
                    this.restored.put(path.text(), entry.node());
                } else {
                    this.occupied.add(above.text());
                }
            }
        }
    }

    /** Whether a directory a step made will be taken away: it will be empty, and is surely that one. */
    private boolean willGo(JailPath directory, @Nullable String identity) throws IOException {
        return willBeEmpty(directory) && (foreseen(directory) != null || isMade(directory, identity));
    }

    private boolean isMade(JailPath directory, @Nullable String identity) throws IOException {
        try (Dir in = this.site.jail().open(directory.parent())) {
            Stat stat = (in != null) ? in.look(directory.name()) : null;
            return in == null || stat == null || Parents.isMade(in, directory.name(), stat, identity);
        }
    }

    private boolean willBeEmpty(JailPath directory) throws IOException {
        String text = directory.text();
        Node foreseen = foreseen(directory);
        if (foreseen != null) {
            return (foreseen instanceof Node.Directory || foreseen instanceof Node.Tree)
                    && !this.occupied.contains(text)
                    && below(text).values().stream().allMatch(node -> node instanceof Node.Absent);
        }
        if (below(text).values().stream().anyMatch(node -> !(node instanceof Node.Absent))) {
            return false;
        }
        try (Dir dir = this.site.jail().open(directory)) {
            if (dir == null) {
                return true;
            }
            try (Dir.Listing names = dir.list()) {
                // ends at the first name that stays, so it is no longer than what newer steps take away
                for (Path name = names.next(); name != null; name = names.next()) {
                    if (!(foreseen(directory.child(name.toString())) instanceof Node.Absent)) {
                        return false;
                    }
                }
                return true;
            }
        }
    }

    private void clear(String path) {
        below(path).clear();
        this.occupied.subSet(path + "/", path + "0").clear();
        this.occupied.remove(path);
    }

    private Map<String, Node> below(String path) {
        // '0' is the character after '/'
        return this.restored.subMap(path + "/", path + "0");
    }
}
