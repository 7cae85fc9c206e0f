package cloud.enact.policy;

import cloud.enact.action.ActionRequest;
import cloud.enact.analysis.command.CommandFacts;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.analysis.sql.SqlFacts;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How policies see a call: arguments under conventional names, whatever the tool calls them, at any depth, in a form
 * that can be compared. Resolved at most once per request and shared by all policies of a decision. Thread-safe.
 */
public final class PolicyInputs {

    private final CallFacts call;

    private final boolean named;

    private PolicyInputs(CallFacts call, boolean named) {
        this.call = call;
        this.named = named;
    }

    /** The inputs of a request before which nothing happened. */
    public static PolicyInputs of(ActionRequest request) {
        return of(request, ActionWords.of(request.action()), ActionHistory.none());
    }

    static PolicyInputs of(ActionRequest request, ActionWords words, ActionHistory history) {
        return new PolicyInputs(new CallFacts(request, words, history), false);
    }

    /** The same inputs for policies that were attached to this very action. */
    public PolicyInputs asNamed() {
        return this.named ? this : new PolicyInputs(this.call, true);
    }

    /** The request itself, with the arguments as they came. */
    public ActionRequest request() {
        return this.call.request();
    }

    /** The words of the action's name. */
    public ActionWords words() {
        return this.call.words();
    }

    /**
     * Whether the policy was attached to this very action, on its method or by its exact name in {@code on}: then it
     * applies, whatever the action's name sounds like.
     */
    public boolean named() {
        return this.named;
    }

    /** Whether the call names such an input. */
    public boolean has(InputName name) {
        return !arguments().texts(name).isEmpty() || arguments().isOversized(name);
    }

    /** The values of an input, in order: names normalised for comparison, free text as it came. */
    public List<String> texts(InputName name) {
        return arguments().texts(name);
    }

    /** The values of an input as they came, in the same order as {@link #texts}. */
    public List<String> originals(InputName name) {
        return arguments().originals(name);
    }

    /** Whether a value of this input was too long to be a name at all, and is missing from {@link #texts}. */
    public boolean isOversized(InputName name) {
        return arguments().isOversized(name);
    }

    /** Whether the arguments were too many to look at all of them. */
    public boolean isIncomplete() {
        return arguments().isIncomplete();
    }

    /** What the command lines in the arguments do; empty facts when there are none. */
    public ShellFacts shell() {
        return this.call.shell();
    }

    /** What the programs in those command lines touch. */
    public CommandFacts commands() {
        return this.call.commands();
    }

    /**
     * The directory that command lines and relative paths begin in, as the agent tells it, or {@code null} where nobody
     * does. It is hostile as all that an agent says of itself: a policy may object because of it, and let pass only what
     * is harmless wherever it is.
     */
    public @Nullable String directory() {
        return this.call.directory();
    }

    /** What the SQL in the arguments and in their command lines does; empty facts when there is none. */
    public SqlFacts sql() {
        return this.call.sql();
    }

    /** What happened before. */
    public ActionHistory history() {
        return this.call.history();
    }

    /** Whether somebody asked what happened before. */
    boolean lookedBack() {
        return this.call.lookedBack();
    }

    /**
     * What happened before in the run of this call, oldest first; asked for once for all policies of a decision.
     *
     * @see ActionHistory#ofRun
     */
    public List<EarlierAction> earlier() {
        return this.call.earlier();
    }

    /**
     * Returns what policies of one kind find out about a call together, the first time by asking for it.
     *
     * @param key tells it from everything else that is found out
     * @param finder finds it; must not answer {@code null}
     */
    public <T> T found(Class<?> key, Function<PolicyInputs, T> finder) {
        return this.call.found(key, this.named, () -> finder.apply(this));
    }

    /** Whether the arguments are so large that an expression may work on them for long. */
    boolean areLarge() {
        return this.call.hasLargeArguments();
    }

    private ResolvedArguments arguments() {
        return this.call.arguments();
    }
}
