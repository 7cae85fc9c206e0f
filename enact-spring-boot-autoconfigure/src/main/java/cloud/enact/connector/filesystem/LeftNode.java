package cloud.enact.connector.filesystem;

import cloud.enact.action.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import org.jspecify.annotations.Nullable;

/** Tells what a change of somebody else left from what others left there. */
final class LeftNode {

    private static final Result UNKNOWN = new Result(new Node.Unknown(), null);

    /**
     * What was left, and on what it was made, see {@link StepMemo.Change}.
     */
    record Result(Node node, @Nullable String on) {}

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
    Result of(Node before, Node found, Dir dir, String name) throws IOException {
        OutsideWork.Trace trace = this.work.trace();
        if (trace == OutsideWork.Trace.LATER) {
            return UNKNOWN;
        }
        if (found == before || found.matches(before)) {
            return new Result(before, null);
        }
        return switch (trace) {
            case ANYTHING -> new Result(found, null);
            case CONTENT -> content(before, found, dir, name);
            default -> UNKNOWN;
        };
    }

    private Result content(Node before, Node found, Dir dir, String name) throws IOException {
        if (!(found instanceof Node.File file)) {
            return UNKNOWN;
        }
        OutsideWork.Left left;
        if (before instanceof Node.File old) {
            try (InputStream content = this.site.content(old)) {
                left = this.work.left(content, new There(dir, name, file));
            }
        } else if (before instanceof Node.Absent || before instanceof Node.Link) {
            left = this.work.left(null, new There(dir, name, file));
        } else {
            return UNKNOWN;
        }
        return (left != null)
                ? new Result(
                        new Node.File(left.content().sha256(), left.content().size(), file.meta()), left.on())
                : UNKNOWN;
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
