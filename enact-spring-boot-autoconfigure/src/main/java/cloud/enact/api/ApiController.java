package cloud.enact.api;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The questions an application answers over HTTP.
 *
 * <ul>
 *   <li>{@code POST /enact/api/decisions}: what would be decided
 *   <li>{@code POST /enact/api/policies/lint}: what a policy file says and hardly means
 *   <li>{@code POST /enact/api/policies/replay}: what other policies would have said of recorded calls
 * </ul>
 */
@RestController
public final class ApiController {

    /** Questions that are answered at the same time. */
    private static final int MOST_AT_ONCE = 8;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Caller caller;

    private final Body body = new Body();

    private final Replies replies = new Replies(this.body);

    private final Turns turns = new Turns(MOST_AT_ONCE, PATIENCE);

    private final Decisions decisions;

    private final Lints lints;

    private final Replays replays;

    /**
     * Makes the controller.
     *
     * @param remote whether callers of other machines get an answer
     * @param decisions answers what would be decided
     * @param lints answers what a policy file hardly means
     * @param replays answers what other policies would have said
     */
    public ApiController(boolean remote, Decisions decisions, Lints lints, Replays replays) {
        this.caller = new Caller(remote);
        this.decisions = decisions;
        this.lints = lints;
        this.replays = replays;
    }

    /** Says what would be decided. */
    @PostMapping("/enact/api/decisions")
    ResponseEntity<byte[]> decide(HttpServletRequest request) {
        return answer(request, this.decisions::answer);
    }

    /** Says what a policy file hardly means. */
    @PostMapping("/enact/api/policies/lint")
    ResponseEntity<byte[]> lint(HttpServletRequest request) {
        return answer(request, this.lints::answer);
    }

    /** Says what other policies would have said. */
    @PostMapping("/enact/api/policies/replay")
    ResponseEntity<byte[]> replay(HttpServletRequest request) {
        return answer(request, this.replays::answer);
    }

    private ResponseEntity<byte[]> answer(
            HttpServletRequest request, Function<@Nullable Object, Map<String, @Nullable Object>> work) {
        return this.replies.of(() -> {
            this.caller.requireAllowed(request);
            byte[] question = this.body.read(request);
            return this.turns.take(() -> this.body.write(work.apply(this.body.parse(question))));
        });
    }
}
