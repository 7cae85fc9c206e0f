package cloud.enact.gate;

import cloud.enact.policy.Verdict;
import java.util.List;

/** A tool that somebody else's server offers. Whatever the server says of it may be a lie. Thread-safe. */
public interface RemoteTool {

    /** Name of the action, which no other tool has: not chosen by the server alone. */
    String action();

    /** What the door has to say against a call of it at this moment, beside the policies; asked for at each call. */
    List<Verdict> objections();

    /** Whether the server's own words about the tool must not be shown to a model at this moment. */
    boolean isHidden();

    /**
     * Whether the server itself said that a call failed. Of any other failure, such as a time-out, nobody knows what the
     * server did before it.
     */
    boolean saidSo(Throwable failure);
}
