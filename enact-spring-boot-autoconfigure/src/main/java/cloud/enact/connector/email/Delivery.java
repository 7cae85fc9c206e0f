package cloud.enact.connector.email;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of handing a message to the mail server. */
sealed interface Delivery {

    /**
     * The server took it.
     *
     * @param refused recipients it did not take it for
     */
    record Accepted(List<String> refused) implements Delivery {}

    /**
     * The server did not take it; nothing was sent.
     *
     * @param why a sentence, with the server's code
     */
    record Refused(String why, @Nullable Throwable cause) implements Delivery {}

    /**
     * The answer was lost when the server might have taken it already.
     *
     * @param why a sentence
     */
    record Unknown(String why, @Nullable Throwable cause) implements Delivery {}
}
