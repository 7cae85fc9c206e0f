package cloud.enact.connector.filesystem;

import cloud.enact.action.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.EnumSet;
import java.util.Set;

/** Makes files and links ready to be renamed into place. */
final class Staging {

    private Staging() {}

    /**
     * What was made ready.
     *
     * @param name its name in the staging directory
     * @param losses what it lacks
     */
    record Staged(String name, Set<Loss> losses) {}

    /** Makes ready what a record says was there: a file with its captured content, or a link. */
    static Staged captured(Site site, Node node) throws IOException {
        Stage stage = site.stage();
        if (node instanceof Node.File file) {
            try (InputStream content = site.content(file)) {
                return file(stage, content, file);
            }
        }
        if (node instanceof Node.Link link) {
            return link(stage, link);
        }
        throw new IOException("the record says nothing that could be put there");
    }

    /**
     * Makes a file ready, forced to disk.
     *
     * @param content read to its end
     * @param node what the file is to be
     * @throws IOException when the content is not what the node says, or can't be written
     */
    static Staged file(Stage stage, InputStream content, Node.File node) throws IOException {
        String name = stage.fresh();
        try (FileChannel channel = stage.dir().create(name)) {
            String sha256 = Sha256.copy(content, Channels.newOutputStream(channel));
            if (!sha256.equals(node.sha256())) {
                throw new IOException("the content changed while it was written; nothing was done");
            }
            Set<Loss> losses = dress(stage, name, node.meta());
            if (!node.meta().modified().isEmpty()) {
                stage.setModified(name, node.meta().time());
            }
            // last, because it may take away the right to do the rest
            String mode = mode(node.meta(), losses);
            if (Modes.isSpecial(mode)) {
                Extras.setMode(stage.path(name), mode);
            } else {
                stage.dir().setMode(name, mode);
            }
            channel.force(true);
            return new Staged(name, losses);
        } catch (IOException | RuntimeException ex) {
            stage.discard(name, ex);
            throw ex;
        }
    }

    /** Makes a link ready. */
    static Staged link(Stage stage, Node.Link node) throws IOException {
        String name = stage.makeLink(node.target());
        try {
            stage.setModified(name, node.meta().time());
        } catch (IOException ex) {
            // not every platform can set the time of a link, and nothing depends on it
        }
        return new Staged(name, owner(stage, name, node.meta()) ? Set.of() : EnumSet.of(Loss.OWNER));
    }

    /** Gives a file or directory here all but its content, time and mode, and says what could not be given. */
    static Set<Loss> dress(Stage stage, String name, Node.Meta meta) {
        Set<Loss> losses = EnumSet.noneOf(Loss.class);
        if (!owner(stage, name, meta)) {
            losses.add(Loss.OWNER);
        }
        try {
            Extras.set(stage.path(name), meta.attributes());
        } catch (IOException ex) {
            losses.add(Loss.ATTRIBUTES);
        }
        if (meta.links() > 1) {
            losses.add(Loss.OTHER_NAMES);
        } else if (meta.links() == Node.Meta.UNKNOWN) {
            losses.add(Loss.UNSEEN);
        }
        return losses;
    }

    /** The mode something may get: nobody else's file may lend the rights its owner had lent. */
    static String mode(Node.Meta meta, Set<Loss> losses) {
        if (!losses.contains(Loss.OWNER)) {
            return meta.mode();
        }
        String mode = Modes.withoutSetId(meta.mode());
        if (!mode.equals(meta.mode())) {
            losses.add(Loss.SPECIAL_BITS);
        }
        return mode;
    }

    /** Only root may give to others. */
    private static boolean owner(Stage stage, String name, Node.Meta meta) {
        if (meta.owner().isEmpty()) {
            return true;
        }
        try {
            stage.setOwner(name, meta.owner(), meta.group());
            return true;
        } catch (IOException ex) {
            return false;
        }
    }
}
