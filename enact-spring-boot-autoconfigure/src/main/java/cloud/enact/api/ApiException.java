package cloud.enact.api;

import cloud.enact.action.ShortText;
import cloud.enact.policy.PolicyConfigurationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A question that is not answered. The message is for the caller and echoes no value that was sent. */
final class ApiException extends RuntimeException {

    private static final int LONGEST = 1000;

    private final int status;

    private final String title;

    private ApiException(int status, String title, String detail, @Nullable Throwable cause) {
        super(ShortText.of(detail, LONGEST), cause);
        this.status = status;
        this.title = title;
    }

    /**
     * What was sent can't be meant.
     *
     * @param problem what is wrong, as a sentence
     * @param remedy what to do, as a sentence
     */
    static ApiException malformed(String problem, String remedy) {
        return new ApiException(400, "Bad request", problem + " " + remedy, null);
    }

    /** Whoever asks, or the way they ask, is not let in. */
    static ApiException refused(int status, String title, String detail) {
        return new ApiException(status, title, detail, null);
    }

    /** Runs what may find the policies of a question wrong. */
    static <T> T policies(Supplier<T> work) {
        try {
            return work.get();
        } catch (PolicyConfigurationException ex) {
            throw new ApiException(400, "Bad policy", ex.getDescription() + ". " + ex.getAction(), ex);
        }
    }

    int status() {
        return this.status;
    }

    String title() {
        return this.title;
    }
}
