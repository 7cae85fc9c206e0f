package cloud.enact.connector.github;

import cloud.enact.undo.UndoRecord;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What else a rollback undoes with this connector.
 *
 * @param before newer steps that are undone before the one in question, newest first; empty once they are
 * @param remaining the step in question and older ones, newest first
 * @param heads where undoing the newer steps leaves their branches
 */
record Planned(List<UndoRecord> before, List<UndoRecord> remaining, ForeseenHeads heads) {

    /** What is known when newer steps are undone. */
    static Planned of(List<UndoRecord> remaining) {
        return new Planned(List.of(), remaining, new ForeseenHeads());
    }

    /** Whether older steps changed what is on the branch, too. */
    boolean goesOn(RepositoryName repository, BranchName branch) {
        return this.remaining.stream()
                .skip(1)
                .anyMatch(record -> (is(record, GitHubOperation.PUSH_COMMIT, repository)
                                || is(record, GitHubOperation.MERGE_PR, repository)
                                || (record.operation().equals(Redo.OPERATION)
                                        && Note.of(record).is(repository)))
                        && (branch.text().equals(record.args().get("branch"))
                                || branch.text().equals(record.before().values().get("base"))));
    }

    /** Whether the making of the branch is going to be undone, too. */
    boolean undoesCreationOf(RepositoryName repository, BranchName branch) {
        return this.remaining.stream()
                .anyMatch(record -> is(record, GitHubOperation.CREATE_BRANCH, repository)
                        && branch.text().equals(record.args().get("branch")));
    }

    /** Whether a newer step brought the branch to a commit, and is undone first. */
    boolean leaves(RepositoryName repository, BranchName branch, String sha) {
        return this.before.stream()
                .anyMatch(record -> is(record, GitHubOperation.PUSH_COMMIT, repository)
                        && branch.text().equals(record.args().get("branch"))
                        && sha.equals(record.fingerprint().values().get("sha")));
    }

    /** Whether a newer step merged the pull request, and is undone first. */
    boolean merged(RepositoryName repository, int number) {
        return this.before.stream()
                .anyMatch(record -> is(record, GitHubOperation.MERGE_PR, repository)
                        && Note.of(record).number() == number);
    }

    /** Whether a newer step deleted the branch, and is undone first. */
    boolean deleted(RepositoryName repository, BranchName branch) {
        return this.before.stream()
                .anyMatch(record -> is(record, GitHubOperation.DELETE_BRANCH, repository)
                        && branch.text().equals(record.args().get("branch")));
    }

    /** Where a branch that is gone will be when newer steps that deleted it are undone; {@code null} if none did. */
    @Nullable
    String broughtBack(RepositoryName repository, BranchName branch) {
        return this.before.stream()
                .filter(record -> is(record, GitHubOperation.DELETE_BRANCH, repository)
                        && branch.text().equals(record.args().get("branch")))
                .map(record -> Note.of(record).before("sha"))
                .findFirst()
                .orElse(null);
    }

    /** Numbers of pull requests that newer steps opened, and that are closed first. */
    Set<Integer> opened(RepositoryName repository) {
        return this.before.stream()
                .filter(record -> is(record, GitHubOperation.CREATE_PR, repository)
                        && Note.of(record).hasAfter("number"))
                .map(record -> Note.of(record).afterNumber("number"))
                .collect(Collectors.toSet());
    }

    private static boolean is(UndoRecord record, GitHubOperation operation, RepositoryName repository) {
        return record.operation().equals(operation.id()) && Note.of(record).is(repository);
    }
}
