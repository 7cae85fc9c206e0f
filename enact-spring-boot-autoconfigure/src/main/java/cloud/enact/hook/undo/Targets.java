package cloud.enact.hook.undo;

import cloud.enact.action.ShortText;
import cloud.enact.gate.OutsideChanges.Uncovered;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Paths that a call changes, found one by one. For one thread. */
final class Targets {

    /** How many things that are not covered are told one by one. */
    private static final int MOST_UNCOVERED = 50;

    /** How much of a hostile text is told. */
    private static final int LONGEST = 300;

    private final List<Target> found = new ArrayList<>();

    private final List<Uncovered> uncovered = new ArrayList<>();

    private boolean endangering;

    /**
     * A path that a call changes.
     *
     * @param path absolute, with whatever links are in it
     * @param itself whether a link at its end is changed itself, and not what it leads to
     * @param later whether it may be changed after the call has ended
     */
    record Target(Path path, boolean itself, boolean later) {}

    void changes(Path path, boolean itself, boolean later) {
        this.found.add(new Target(path, itself, later));
    }

    /** Something is changed that can't be captured. */
    void uncovered(String what, String why) {
        add(new Uncovered(ShortText.of(what, LONGEST), why, false));
    }

    /** Something may be changed as with every such call. */
    void uncoveredAsAlways(String what, String why) {
        add(new Uncovered(ShortText.of(what, LONGEST), why, true));
    }

    private void add(Uncovered change) {
        if (this.uncovered.size() < MOST_UNCOVERED && !this.uncovered.contains(change)) {
            this.uncovered.add(change);
        }
    }

    /** The call may take away what repositories keep, in a way its paths do not show. */
    void endangerRepositories() {
        this.endangering = true;
    }

    boolean endangersRepositories() {
        return this.endangering;
    }

    int size() {
        return this.found.size();
    }

    List<Target> found() {
        return List.copyOf(this.found);
    }

    List<Uncovered> uncovered() {
        return List.copyOf(this.uncovered);
    }
}
