package cloud.enact;

import cloud.enact.action.RunId;
import java.util.Map;

/**
 * A run that stays open: every governed call of this thread, and every tool call that carries {@link #toolContext()},
 * belongs to it. Close it on the thread that opened it.
 */
public interface OpenRun extends AutoCloseable {

    /** Id of the run. */
    RunId id();

    /** What to pass as tool context of a {@code ChatClient} call that belongs to this run, on any thread. */
    Map<String, Object> toolContext();

    @Override
    void close();
}
