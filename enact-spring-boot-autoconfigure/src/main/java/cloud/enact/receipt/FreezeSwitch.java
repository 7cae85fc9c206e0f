package cloud.enact.receipt;

import cloud.enact.action.Actor;
import cloud.enact.action.IdGenerator;
import cloud.enact.action.RunId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Freezes changes, and lifts that again, for all processes that share a receipt store: the newest receipt about it
 * holds. Thread-safe.
 */
public final class FreezeSwitch implements BooleanSupplier {

    private static final String FROZEN = "frozen";

    /** Other processes see a change after this at the latest. */
    private static final Duration KNOWN_FOR = Duration.ofSeconds(1);

    private final Supplier<ReceiptStore> store;

    private final Supplier<ReceiptLog> log;

    private final IdGenerator ids;

    private final Clock clock;

    private volatile @Nullable Known known;

    /**
     * Creates the switch.
     *
     * @param store asked at the first look, so that policies can be made before it is open
     * @param log where a change is recorded
     */
    public FreezeSwitch(Supplier<ReceiptStore> store, Supplier<ReceiptLog> log, IdGenerator ids, Clock clock) {
        this.store = store;
        this.log = log;
        this.ids = ids;
        this.clock = clock;
    }

    /** Whether changes are frozen. */
    @Override
    public boolean getAsBoolean() {
        Instant now = this.clock.instant();
        Known last = this.known;
        if (last != null
                && !now.isBefore(last.since())
                && now.isBefore(last.since().plus(KNOWN_FOR))) {
            return last.frozen();
        }
        boolean frozen = read();
        this.known = new Known(frozen, now);
        return frozen;
    }

    /**
     * Freezes or lifts the freeze.
     *
     * @param by who wants that
     * @param reason why, or {@code null}
     * @throws ReceiptStoreException when it can't be recorded; nothing has changed then, as far as anybody knows
     */
    public void set(boolean frozen, Actor by, @Nullable String reason) {
        Map<String, @Nullable Object> payload = new LinkedHashMap<>();
        payload.put(FROZEN, frozen);
        payload.put("reason", reason);
        this.log
                .get()
                .append(ReceiptDraft.freeze(
                        new RunId(this.ids.next()), this.ids.next(), this.clock.instant(), by, payload));
        this.known = null;
    }

    private boolean read() {
        ReceiptFilter filter = ReceiptFilter.builder()
                .kind(ReceiptKind.CONFIG)
                .action(ReceiptDraft.FREEZE)
                .build();
        // what was made unreadable does not lift a freeze
        return this.store
                .get()
                .newest(filter)
                .filter(receipt -> receipt.damage() != null
                        || !(receipt.fields().get("payload") instanceof Map<?, ?> payload)
                        || !Boolean.FALSE.equals(payload.get(FROZEN)))
                .isPresent();
    }

    /** What was known at a time. */
    private record Known(boolean frozen, Instant since) {}
}
