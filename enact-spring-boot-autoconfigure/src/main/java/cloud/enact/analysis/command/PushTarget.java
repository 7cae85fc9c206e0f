package cloud.enact.analysis.command;

/**
 * A ref that a push updates.
 *
 * @param branch its name without prefixes that say the same in a longer way; {@code *} stands for every branch,
 *     {@code HEAD} for the one that is checked out
 * @param dynamic whether a part of it is known only at run time
 * @param forced whether it may lose commits
 * @param deleted whether it is deleted
 */
public record PushTarget(String branch, boolean dynamic, boolean forced, boolean deleted) {

    /** Whether it is no branch but a tag. */
    public boolean isTag() {
        return this.branch.startsWith("refs/tags/");
    }
}
