package cloud.enact.doubles.github;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.jspecify.annotations.Nullable;

/** The merge button: merge, squash, rebase. */
final class PullMerge {

    private static final PersonIdent GITHUB = new PersonIdent("GitHub", "noreply@github.com");

    private final HostedRepository repository;

    PullMerge(HostedRepository repository) {
        this.repository = repository;
    }

    /** The commit that a merge would make now, or nothing where it cannot be made. */
    @Nullable
    ObjectId trial(Pull pull) throws IOException {
        ObjectId base = this.repository.refNames().head(pull.base);
        ObjectId tree = base == null ? null : this.repository.history().merge(base, pull.headAt);
        if (base == null || tree == null) {
            return null;
        }
        PersonIdent then = this.repository.objects().commit(pull.headAt).getCommitterIdent();
        String message = "Merge " + pull.headAt.name() + " into " + base.name();
        return this.repository.objects().commit(tree, List.of(base, pull.headAt), then, then, message);
    }

    ObjectId merge(Ticket ticket, String method, @Nullable String title, @Nullable String text) throws IOException {
        Pull pull = Objects.requireNonNull(ticket.pull);
        ObjectId base = this.repository.refNames().head(pull.base);
        if (!ticket.open || base == null) {
            throw new Refusal(405, "Pull Request is not mergeable");
        }
        if (pull.draft) {
            throw new Refusal(405, "Pull Request is still a draft");
        }
        ObjectId commit = switch (method) {
            case "merge" -> merge(ticket, pull, base, title, text);
            case "squash" -> squash(ticket, pull, base, title, text);
            case "rebase" -> rebase(pull, base);
            default -> throw Refusal.invalid("Invalid merge method: " + method);
        };
        // first this one, so that following the branches finds it merged already
        PullRules.merged(ticket, pull, commit);
        this.repository.put(pull.base, commit);
        return commit;
    }

    private ObjectId merge(Ticket ticket, Pull pull, ObjectId base, @Nullable String title, @Nullable String text)
            throws IOException {
        String first = title == null
                ? "Merge pull request #" + ticket.number + " from " + this.repository.owner() + "/" + pull.head
                : title;
        return commit(merged(base, pull), List.of(base, pull.headAt), first, text == null ? ticket.title : text);
    }

    private ObjectId squash(Ticket ticket, Pull pull, ObjectId base, @Nullable String title, @Nullable String text)
            throws IOException {
        String first = title == null ? ticket.title + " (#" + ticket.number + ")" : title;
        return commit(merged(base, pull), List.of(base), first, text == null ? "" : text);
    }

    /** New commits even where the base could just move forward, as GitHub makes them. */
    private ObjectId rebase(Pull pull, ObjectId base) throws IOException {
        List<RevCommit> commits = this.repository.history().between(base, pull.headAt);
        ObjectId head = this.repository.history().rebase(commits, base, HostedRepository.now(GITHUB));
        if (head == null) {
            throw new Refusal(405, "This branch can't be rebased");
        }
        return head;
    }

    private ObjectId merged(ObjectId base, Pull pull) throws IOException {
        ObjectId tree = this.repository.history().merge(base, pull.headAt);
        if (tree == null) {
            throw new Refusal(405, "Pull Request is not mergeable");
        }
        return tree;
    }

    private ObjectId commit(ObjectId tree, List<ObjectId> parents, String title, String text) throws IOException {
        return this.repository
                .objects()
                .commit(
                        tree,
                        parents,
                        HostedRepository.now(GitHubDouble.USER),
                        HostedRepository.now(GITHUB),
                        text.isEmpty() ? title : title + "\n\n" + text);
    }
}
