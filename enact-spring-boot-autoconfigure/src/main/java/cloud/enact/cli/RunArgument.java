package cloud.enact.cli;

import cloud.enact.action.RunId;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptStore;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the run that somebody means: by its own id, or by that of the session of a coding agent. */
final class RunArgument {

    /** Runs of sessions are named after the agent and the session. */
    private static final List<String> AGENTS = List.of("claude-code ");

    private static final int LONGEST = 200;

    private RunArgument() {}

    /**
     * The run.
     *
     * @throws IllegalArgumentException when the text is neither
     * @throws CommandException when several runs have that session
     */
    static RunId find(String text, ReceiptStore store) {
        RunId run = parsed(text);
        if (run != null && store.newest(ReceiptFilter.ofRun(run)).isPresent()) {
            return run;
        }
        Set<RunId> sessions = new TreeSet<>();
        if (text.length() <= LONGEST) {
            AGENTS.forEach(agent -> addRuns(agent + text, store, sessions));
        }
        if (sessions.size() > 1) {
            throw new CommandException(
                    "Several installations have a session of that id; name one of their runs: " + sessions);
        }
        return sessions.isEmpty() ? RunId.parse(text) : sessions.iterator().next();
    }

    private static @Nullable RunId parsed(String text) {
        try {
            return RunId.parse(text);
        } catch (IllegalArgumentException ex) {
            // the session of an agent, perhaps
            return null;
        }
    }

    private static void addRuns(String name, ReceiptStore store, Set<RunId> found) {
        ReceiptFilter filter = ReceiptFilter.builder().workflow(name).build();
        store.all(filter, ReceiptStore.MAX_LIMIT).forEach(receipt -> found.add(receipt.runId()));
    }
}
