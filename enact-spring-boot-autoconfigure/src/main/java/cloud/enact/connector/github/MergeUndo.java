package cloud.enact.connector.github;

import cloud.enact.undo.StepProbe;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.StepReversal;
import cloud.enact.undo.UndoRecord;
import org.jspecify.annotations.Nullable;

/** Takes the merge of a pull request back. Thread-safe. */
final class MergeUndo implements OperationUndo {

    private final GitHubSite site;

    MergeUndo(GitHubSite site) {
        this.site = site;
    }

    @Override
    public StepRestoration foresee(UndoRecord record, Planned planned) {
        Merged merged = find(record, false);
        if (merged.answer() != null) {
            return merged.answer();
        }
        Change change = merged.change();
        return new Reverting(merged.git(), record, change)
                .foresee(planned, planned.heads().of(merged.git(), change.branch()));
    }

    @Override
    public StepRestoration undo(UndoRecord record, Planned planned, boolean force) {
        Merged merged = find(record, force);
        return (merged.answer() != null)
                ? merged.answer()
                : new Reverting(merged.git(), record, merged.change()).undo(force);
    }

    @Override
    public @Nullable StepReversal reversal(UndoRecord record) {
        Merged merged = find(record, false);
        return (merged.answer() != null)
                ? null
                : Redo.of(this.site, merged.git().name(), merged.change());
    }

    @Override
    public StepProbe probe(UndoRecord record) {
        Merged merged = find(record, false);
        return (merged.answer() != null)
                ? StepProbe.of(record, merged.answer())
                : StepProbe.of(
                        record,
                        StepProbe.Finding.DONE,
                        merged.change().what() + ": the merge carries the mark of the step.");
    }

    private Merged find(UndoRecord record, boolean force) {
        Note note = Note.of(record);
        GitData git = new GitData(this.site.client(), note.repository());
        int number = note.number();
        String sha = note.hasAfter("sha") ? note.after("sha") : null;
        String before = note.hasAfter("before") ? note.after("before") : null;
        if (sha == null || before == null) {
            PullRequest pull = PullRequest.find(git, number);
            if (pull == null || !pull.merged() || pull.mergeSha() == null) {
                return new Merged(git, null, Answers.already(record, "Pull request " + number + " was not merged."));
            }
            sha = pull.mergeSha();
            boolean rebased = note.before("method").equals("rebase");
            if (!note.isDone() && !force) {
                StepRestoration foreign = foreign(record, note, git.commit(sha), rebased);
                if (foreign != null) {
                    return new Merged(git, null, foreign);
                }
            }
            before = MergedChange.of(git, pull.commits(git), sha, rebased).before();
        }
        Change change = new Change(
                new BranchName(note.before("base")),
                sha,
                git.commit(before).tree(),
                note.before("title"),
                "pull request #" + number + ", which was merged as " + sha,
                number,
                record.digest());
        return new Merged(git, change, null);
    }

    /** A merge that somebody else did, or may have done, while the answer to ours was lost. */
    private static @Nullable StepRestoration foreign(UndoRecord record, Note note, Commit merge, boolean rebased) {
        if (!rebased) {
            return merge.message().contains(CommitMessage.trailer(note.before("marker")))
                    ? null
                    : Answers.already(
                            record,
                            "The step did not merge pull request " + note.number() + ": somebody else did, as "
                                    + merge.sha() + ".");
        }
        return Answers.pending(
                record,
                "Pull request " + note.number() + " is merged as " + merge.sha()
                        + ", and nobody can tell whether the step did that, because a rebase leaves no mark. Look, then"
                        + " force or skip this step.");
    }

    /**
     * What is taken back, or why nothing is.
     *
     * @param git the repository
     * @param found what is taken back
     * @param answer what is said when there is nothing
     */
    private record Merged(
            GitData git, @Nullable Change found, @Nullable StepRestoration answer) {

        Change change() {
            if (this.found == null) {
                throw new IllegalStateException("There is nothing to take back");
            }
            return this.found;
        }
    }
}
