package cloud.enact.connector.github;

import cloud.enact.undo.UndoRecord;
import java.util.List;

/**
 * What else a rollback undoes with this connector.
 *
 * @param before newer steps that are undone before the one in question, newest first; empty once they are
 * @param remaining the step in question and older ones, newest first
 */
record Planned(List<UndoRecord> before, List<UndoRecord> remaining) {

    /** Whether the making of the branch is going to be undone, too. */
    boolean undoesCreationOf(RepositoryName repository, BranchName branch) {
        return this.remaining.stream()
                .anyMatch(record -> record.operation().equals(GitHubOperation.CREATE_BRANCH.id())
                        && Note.of(record).is(repository)
                        && branch.text().equals(record.args().get("branch")));
    }
}
