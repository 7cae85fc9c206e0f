package cloud.enact.hook.claudecode;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads bodies, bounded each and together. Thread-safe. */
final class HookBody {

    private static final int SMALL = 256 * 1024;

    /** Large bodies that are in memory at the same time. */
    private static final int MOST_LARGE = 4;

    private static final long PATIENCE_SECONDS = 20;

    /** Read on without being kept, so that whoever sends it gets the answer. */
    private static final long MOST_SKIPPED = 256L * 1024 * 1024;

    private final Semaphore large = new Semaphore(MOST_LARGE, true);

    /** Reads the body and works on it. */
    Map<String, @Nullable Object> with(HttpServletRequest request, Function<byte[], Map<String, @Nullable Object>> work)
            throws IOException {
        requirePlainJson(request);
        InputStream in = request.getInputStream();
        byte[] beginning = in.readNBytes(SMALL);
        if (beginning.length < SMALL) {
            return work.apply(beginning);
        }
        if (!acquire()) {
            skip(in);
            throw new RefusedException("The guard is too busy for so large a call. Try again later.");
        }
        try {
            byte[] rest = in.readNBytes(ClaudeCodeReader.LARGEST - SMALL + 1);
            if (SMALL + rest.length > ClaudeCodeReader.LARGEST) {
                skip(in);
                throw new RefusedException("The call has more than " + ClaudeCodeReader.LARGEST
                        + " bytes, so nobody can judge it. Make it in smaller parts.");
            }
            byte[] whole = new byte[SMALL + rest.length];
            System.arraycopy(beginning, 0, whole, 0, SMALL);
            System.arraycopy(rest, 0, whole, SMALL, rest.length);
            return work.apply(whole);
        } finally {
            this.large.release();
        }
    }

    /** The body of somebody nobody knows, if it is small. */
    byte[] beginning(HttpServletRequest request) throws IOException {
        InputStream in = request.getInputStream();
        byte[] beginning = in.readNBytes(SMALL);
        skip(in);
        return beginning;
    }

    private boolean acquire() {
        try {
            return this.large.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void skip(InputStream in) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long skipped = 0;
        for (int read = in.read(buffer); read >= 0 && skipped < MOST_SKIPPED; read = in.read(buffer)) {
            skipped += read;
        }
    }

    private static void requirePlainJson(HttpServletRequest request) {
        String type = request.getContentType();
        String plain = (type == null) ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!request.getMethod().equals("POST")
                || !plain.equals("application/json")
                || request.getHeader("Content-Encoding") != null) {
            throw new RefusedException("The request of the hook is no JSON that was posted, so nobody can judge it."
                    + " Ask the operator to look at the settings of the hook.");
        }
    }

    /** A body that is not looked at; the message is for people and models. */
    static final class RefusedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message, null, false, false);
        }
    }
}
