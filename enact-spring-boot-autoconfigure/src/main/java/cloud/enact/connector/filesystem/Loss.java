package cloud.enact.connector.filesystem;

import java.util.Set;

/** What undo could not bring back of a file or directory it restored. */
enum Loss {
    OWNER("its owner could not be restored: only root gives files away"),
    SPECIAL_BITS("set-user, set-group or sticky bits could not be restored"),
    ATTRIBUTES("extended attributes could not be restored"),
    OTHER_NAMES("a file that had further names (hard links) is a file of its own now"),
    UNSEEN("this platform did not show special bits, extended attributes and further names, so they are not restored");

    private final String words;

    Loss(String words) {
        this.words = words;
    }

    /** The end of a sentence; empty when nothing was lost. */
    static String words(Set<Loss> losses) {
        StringBuilder text = new StringBuilder();
        for (Loss loss : values()) {
            if (losses.contains(loss)) {
                text.append(text.length() == 0 ? ", but " : "; ").append(loss.words);
            }
        }
        return text.toString();
    }
}
