package cloud.enact.undo;

/** What came of undoing one step. */
public enum Restoration {
    /** The old state is back, and was read back; in a preview: would be restored. */
    RESTORED,
    /** The old state was there already: undone before, or the step never took effect. */
    ALREADY_RESTORED,
    /** Somebody changed it since, or what it would be brought back from; it was not touched. */
    CONFLICT,
    /** Waits for a person. */
    PENDING,
    /** Nothing brings it back. */
    IRREVERSIBLE,
    /** Undoing was tried and failed; can be tried again. */
    FAILED,
    /** Left as it is: on request, or because the rollback as a whole was refused. */
    SKIPPED;

    /** Whether the old state is there. */
    public boolean isBack() {
        return switch (this) {
            case RESTORED, ALREADY_RESTORED -> true;
            case CONFLICT, PENDING, IRREVERSIBLE, FAILED, SKIPPED -> false;
        };
    }
}
