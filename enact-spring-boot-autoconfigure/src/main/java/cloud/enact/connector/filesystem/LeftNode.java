package cloud.enact.connector.filesystem;

import cloud.enact.action.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;

/** Tells what a change of somebody else left from what others left there. */
final class LeftNode {

    private final Site site;

    private final OutsideWork work;

    LeftNode(Site site, OutsideWork work) {
        this.site = site;
        this.work = work;
    }

    /**
     * What the change left.
     *
     * @param found what is there
     * @param dir the directory it is in, as far as it is there
     * @return what was there before when nothing changed
     */
    Node of(Node before, Node found, Dir dir, String name) throws IOException {
        OutsideWork.Trace trace = this.work.trace();
        if (trace == OutsideWork.Trace.LATER) {
            return new Node.Unknown();
        }
        if (found == before || found.matches(before)) {
            return before;
        }
        return switch (trace) {
            case ANYTHING -> found;
            case CONTENT -> content(before, found, dir, name);
            default -> new Node.Unknown();
        };
    }

    private Node content(Node before, Node found, Dir dir, String name) throws IOException {
        if (!(found instanceof Node.File file)) {
            return new Node.Unknown();
        }
        OutsideWork.Digest left;
        if (before instanceof Node.File old) {
            try (InputStream content = this.site.blobs().open(old.sha256())) {
                left = this.work.left(content, new There(dir, name, file));
            }
        } else if (before instanceof Node.Absent) {
            left = this.work.left(null, new There(dir, name, file));
        } else {
            return new Node.Unknown();
        }
        return (left != null) ? new Node.File(left.sha256(), left.size(), file.meta()) : new Node.Unknown();
    }

    private record There(Dir dir, String name, Node.File file) implements OutsideWork.Found {

        @Override
        public OutsideWork.Digest digest() {
            return new OutsideWork.Digest(this.file.sha256(), this.file.size());
        }

        @Override
        public byte[] read() throws IOException {
            byte[] content;
            try (InputStream in = Channels.newInputStream(this.dir.read(this.name))) {
                content = in.readNBytes((int) Math.min(this.file.size() + 1, Integer.MAX_VALUE - 8));
            }
            if (!Sha256.hex(content).equals(this.file.sha256())) {
                throw new ChangedMeanwhileException();
            }
            return content;
        }
    }
}
