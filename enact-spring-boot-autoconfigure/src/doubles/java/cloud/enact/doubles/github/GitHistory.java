package cloud.enact.doubles.github;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.merge.RecursiveMerger;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.jspecify.annotations.Nullable;

/** How commits of one repository descend from each other, and how they are joined. */
final class GitHistory {

    private final Repository git;

    private final GitObjects objects;

    private volatile @Nullable GitCommandMerge command;

    GitHistory(Repository git, GitObjects objects) {
        this.git = git;
        this.objects = objects;
    }

    void mergeWithGit() {
        this.command = new GitCommandMerge(this.git.getDirectory().toPath());
    }

    boolean isAncestor(AnyObjectId ancestor, AnyObjectId descendant) throws IOException {
        try (RevWalk walk = new RevWalk(this.git)) {
            return walk.isMergedInto(walk.parseCommit(ancestor), walk.parseCommit(descendant));
        }
    }

    @Nullable
    RevCommit mergeBase(AnyObjectId one, AnyObjectId other) throws IOException {
        try (RevWalk walk = new RevWalk(this.git)) {
            walk.setRevFilter(RevFilter.MERGE_BASE);
            walk.markStart(List.of(walk.parseCommit(one), walk.parseCommit(other)));
            RevCommit base = walk.next();
            return base == null ? null : this.objects.commit(base);
        }
    }

    /** Commits of the second that the first lacks, oldest first. */
    List<RevCommit> between(@Nullable AnyObjectId from, AnyObjectId to) throws IOException {
        try (RevWalk walk = new RevWalk(this.git)) {
            walk.sort(RevSort.TOPO);
            walk.markStart(walk.parseCommit(to));
            if (from != null) {
                walk.markUninteresting(walk.parseCommit(from));
            }
            List<RevCommit> commits = new ArrayList<>();
            for (RevCommit commit : walk) {
                walk.parseBody(commit);
                commits.add(commit);
            }
            Collections.reverse(commits);
            return commits;
        }
    }

    /** Tree of the three-way merge, or nothing where both sides changed the same. */
    @Nullable
    ObjectId merge(AnyObjectId ours, AnyObjectId theirs) throws IOException {
        GitCommandMerge merge = this.command;
        if (merge != null) {
            return merge.merge(ours, theirs);
        }
        RecursiveMerger merger = (RecursiveMerger) MergeStrategy.RECURSIVE.newMerger(this.git, true);
        return merger.merge(ours, theirs) ? merger.getResultTreeId() : null;
    }

    /** Head of a line of commits copied onto another one, or nothing where they do not apply. */
    @Nullable
    ObjectId rebase(List<RevCommit> commits, ObjectId onto, PersonIdent committer) throws IOException {
        ObjectId head = onto;
        for (RevCommit commit : commits) {
            if (commit.getParentCount() != 1) {
                return null;
            }
            RecursiveMerger merger = (RecursiveMerger) MergeStrategy.RECURSIVE.newMerger(this.git, true);
            merger.setBase(commit.getParent(0));
            if (!merger.merge(head, commit)) {
                return null;
            }
            head = this.objects.commit(
                    merger.getResultTreeId(),
                    List.of(head),
                    commit.getAuthorIdent(),
                    committer,
                    commit.getFullMessage());
        }
        return head;
    }
}
