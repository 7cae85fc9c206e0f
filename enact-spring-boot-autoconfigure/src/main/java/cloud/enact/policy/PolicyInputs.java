package cloud.enact.policy;

import cloud.enact.action.ActionRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How policies see a call: arguments under conventional names, whatever the tool calls them, at any depth, in a form
 * that can be compared. Resolved at most once per request and shared by all policies of a decision. Thread-safe.
 */
public final class PolicyInputs {

    private final ActionRequest request;

    private final ActionWords words;

    private final boolean named;

    /** Resolving twice does no harm, so nothing is locked. */
    private volatile @Nullable ResolvedArguments resolved;

    private PolicyInputs(
            ActionRequest request, ActionWords words, boolean named, @Nullable ResolvedArguments resolved) {
        this.request = request;
        this.words = words;
        this.named = named;
        this.resolved = resolved;
    }

    /** The inputs of a request. */
    public static PolicyInputs of(ActionRequest request) {
        return of(request, ActionWords.of(request.action()));
    }

    static PolicyInputs of(ActionRequest request, ActionWords words) {
        return new PolicyInputs(request, words, false, null);
    }

    /** The same inputs for policies that were attached to this very action. */
    public PolicyInputs asNamed() {
        return this.named ? this : new PolicyInputs(this.request, this.words, true, arguments());
    }

    /** The request itself, with the arguments as they came. */
    public ActionRequest request() {
        return this.request;
    }

    /** The words of the action's name. */
    public ActionWords words() {
        return this.words;
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

    private ResolvedArguments arguments() {
        ResolvedArguments arguments = this.resolved;
        if (arguments == null) {
            arguments = ResolvedArguments.of(this.request.args());
            this.resolved = arguments;
        }
        return arguments;
    }
}
