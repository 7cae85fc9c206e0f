package cloud.enact.approval;

import cloud.enact.action.Arguments;
import cloud.enact.action.StrictJson;
import java.nio.charset.StandardCharsets;

/** How large requests are: nobody can judge what is endless, and many are read at a time. */
final class RequestSize {

    /** Bytes that people are asked about. */
    static final int MOST = 256 * 1024;

    private static final StrictJson JSON = new StrictJson(MOST, Arguments.MAX_DEPTH + 8);

    private RequestSize() {}

    /** How many bytes the request takes as JSON. */
    static int of(ApprovalRequest request) {
        return JSON.write(ApprovalJson.content(request)).getBytes(StandardCharsets.UTF_8).length;
    }

    /**
     * Lets a request be asked.
     *
     * @throws TooLargeToAskException when it is too large
     */
    static void require(ApprovalRequest request) {
        int size = of(request);
        if (size > MOST) {
            throw new TooLargeToAskException("People would be asked about this call, and it is too large to be shown to"
                    + " one: " + size / 1024 + " KB, at most " + MOST / 1024 + " KB are. Send less, or in parts.");
        }
    }
}
