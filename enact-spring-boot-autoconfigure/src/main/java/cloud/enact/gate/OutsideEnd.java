package cloud.enact.gate;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes the outcome of a call that somebody outside this application carries out; the first one counts. Thread-safe. */
public interface OutsideEnd {

    /** It was done; the details stand beside the status in its record. */
    void succeeded(Map<String, @Nullable Object> details);

    /** It failed, or was not done; the details stand beside the status and the error in its record. */
    void failed(String error, Map<String, @Nullable Object> details);

    /** Nobody will tell what came of it. */
    void unknown(String reason);
}
