package cloud.enact.connector.filesystem;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks whether what steps did not copy is still kept; that it is intact is seen when it is read. */
final class KeptCheck {

    private final Site site;

    private final Manifest.Lines lines;

    private final @Nullable Outlook outlook;

    /**
     * Makes one.
     *
     * @param outlook what newer steps will have put back, or {@code null} to look at what is there
     */
    KeptCheck(Site site, Manifest.Lines lines, @Nullable Outlook outlook) {
        this.site = site;
        this.lines = lines;
        this.outlook = outlook;
    }

    /**
     * Looks for everything a step needs.
     *
     * @throws NotKeptException when something of it is gone
     */
    void require(StepMemo memo) throws IOException {
        for (StepMemo.Change change : memo.changes()) {
            if (change.before() instanceof Node.File file) {
                require(file, change.path().text());
            } else if (change.before() instanceof Node.Tree tree) {
                require(tree, change.path().text());
            }
        }
    }

    private void require(Node.Tree tree, String top) throws IOException {
        List<String> way = new ArrayList<>();
        try (Manifest manifest = Manifest.open(this.site.blobs(), tree.manifest())) {
            for (Manifest.Entry entry = manifest.next(this.lines); entry != null; entry = manifest.next(this.lines)) {
                if (entry.depth() > way.size()) {
                    throw new IOException("A captured directory can't be read: its manifest is not one");
                }
                way.subList(entry.depth(), way.size()).clear();
                way.add((entry.depth() == 0) ? top : entry.name());
                if (entry.node() instanceof Node.File file && file.kept() != null) {
                    require(file, String.join("/", way));
                }
            }
        }
    }

    private void require(Node.File file, String path) throws IOException {
        Kept kept = file.kept();
        if (kept == null || isToCome(kept.path())) {
            return;
        }
        try {
            KeptContent.open(this.site, file, kept).close();
        } catch (NotKeptException ex) {
            throw ex.of(path);
        }
    }

    /** Whether newer steps have a say in the repository, so that it can't be told yet what it will hold. */
    private boolean isToCome(JailPath repository) {
        return this.outlook != null && (this.outlook.foreseen(repository) != null || this.outlook.touches(repository));
    }
}
