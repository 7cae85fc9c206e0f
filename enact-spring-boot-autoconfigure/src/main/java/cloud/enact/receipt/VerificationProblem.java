package cloud.enact.receipt;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something wrong with one entry.
 *
 * @param log its log
 * @param seq its place
 * @param state what is wrong
 * @param detail a sentence that says so
 */
public record VerificationProblem(String log, long seq, VerificationState state, String detail) {

    Map<String, @Nullable Object> asMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("log", this.log);
        map.put("seq", this.seq);
        map.put("state", this.state.name());
        map.put("detail", this.detail);
        return map;
    }
}
