package cloud.enact.connector.github;

import cloud.enact.connector.ConnectorStep;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.Capture;
import cloud.enact.undo.Fingerprint;
import cloud.enact.undo.StepResult;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHRepository;

/** One prepared operation. */
abstract class GitHubStep extends ConnectorStep {

    /** What a step left that was refused before it changed anything. */
    static final Fingerprint NOTHING = new Fingerprint(Map.of("nothing", true));

    protected final GitHubSite site;

    protected final RepositoryName repository;

    private final GitHubOperation operation;

    private boolean refused;

    private boolean changed;

    /**
     * Prepares an operation.
     *
     * @param site what all steps share
     * @param operation what it does
     * @param repository where
     * @param args arguments as policies see them
     */
    GitHubStep(
            GitHubSite site, GitHubOperation operation, RepositoryName repository, Map<String, @Nullable Object> args) {
        super(site.connector(), operation, args);
        this.site = site;
        this.operation = operation;
        this.repository = repository;
    }

    /** The arguments without the texts that were written. */
    @Override
    public Map<String, @Nullable Object> undoArgs() {
        Map<String, @Nullable Object> needed = new LinkedHashMap<>(args());
        needed.keySet().removeAll(GitHubOperation.TEXTS);
        return needed;
    }

    @Override
    public final @Nullable Capture capture(BlobStore blobs) {
        this.site.rights().require(this.repository, this.operation);
        return look();
    }

    @Override
    public final StepResult apply(@Nullable Capture capture) {
        try {
            return change();
        } catch (GitHubException ex) {
            this.refused = !ex.isInDoubt();
            throw ex;
        }
    }

    @Override
    public final @Nullable Fingerprint left() {
        return (this.refused && !this.changed) ? NOTHING : null;
    }

    /** Notes that something was changed; a refusal from now on leaves that to be looked at. */
    final void changed() {
        this.changed = true;
    }

    /**
     * Looks at what is there.
     *
     * @return what will change, or {@code null} when nothing will
     * @throws GitHubException when it can't be done here
     */
    abstract @Nullable Capture look();

    /**
     * Does what was looked at, at most once.
     *
     * @throws GitHubException when it was refused; in doubt when nobody can tell whether it happened
     */
    abstract StepResult change();

    /**
     * Does a change whose answer may get lost; then what it makes is looked for.
     *
     * @param change does it, once
     * @param look finds what exactly this change makes, or {@code null}
     */
    static <T> T certain(Supplier<T> change, Supplier<@Nullable T> look) {
        try {
            return change.get();
        } catch (GitHubException doubt) {
            T found = doubt.isInDoubt() ? lookAfter(doubt, look) : null;
            if (found == null) {
                throw doubt;
            }
            return found;
        }
    }

    private static <T> @Nullable T lookAfter(GitHubException doubt, Supplier<@Nullable T> look) {
        try {
            return look.get();
        } catch (GitHubException ex) {
            // it stays in doubt, whatever kept us from looking
            doubt.addSuppressed(ex);
            return null;
        }
    }

    final GitHubClient client() {
        return this.site.client();
    }

    final GHRepository fetchRepository() {
        return this.site.client().repository(this.repository);
    }

    static StepResult done(Map<String, @Nullable Object> output) {
        return new StepResult(output, null, null);
    }

    static StepResult done(Map<String, @Nullable Object> output, Map<String, @Nullable Object> left) {
        return new StepResult(output, null, new Fingerprint(left));
    }

    static StepResult already(String word, Map<String, @Nullable Object> output) {
        return new StepResult(output, word, null);
    }

    /** An operation that can't be done on what is there. */
    static GitHubException impossible(String why) {
        return new GitHubException(GitHubException.Kind.REFUSED, 0, why, null);
    }
}
