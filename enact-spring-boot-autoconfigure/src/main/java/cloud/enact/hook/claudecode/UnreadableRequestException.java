package cloud.enact.hook.claudecode;

import org.jspecify.annotations.Nullable;

/** A request that can't be read; the message is for people and models, and echoes nothing of it. */
final class UnreadableRequestException extends RuntimeException {

    private final transient HookEvent event;

    private final @Nullable String session;

    UnreadableRequestException(HookEvent event, @Nullable String session, String message) {
        super(message, null, false, false);
        this.event = event;
        this.session = session;
    }

    HookEvent event() {
        return this.event;
    }

    @Nullable
    String session() {
        return this.session;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
