package cloud.enact.gate;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What somebody told of a call that was carried out elsewhere. */
record OutsideResult(Map<String, @Nullable Object> details) {}
