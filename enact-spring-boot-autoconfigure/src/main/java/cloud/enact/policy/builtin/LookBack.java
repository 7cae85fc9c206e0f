package cloud.enact.policy.builtin;

import cloud.enact.policy.EarlierAction;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.PolicyParameters;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** How far a policy looks back, and what it sees there. Immutable and thread-safe. */
public final class LookBack {

    /** Name of the parameter. */
    public static final String WINDOW = "window";

    private static final Duration LONGEST = Duration.ofDays(366);

    private static final Map<Character, Duration> UNITS = Map.of(
            's', Duration.ofSeconds(1),
            'm', Duration.ofMinutes(1),
            'h', Duration.ofHours(1),
            'd', Duration.ofDays(1),
            'w', Duration.ofDays(7));

    private final String text;

    private final Duration window;

    /**
     * Reads the parameter {@code window}.
     *
     * @param defaults what holds when it is not given, such as {@code 24h}
     */
    public LookBack(PolicyParameters with, String defaults) {
        this.text = with.string(WINDOW, defaults);
        this.window = read(with, this.text.toLowerCase(Locale.ROOT));
    }

    private static Duration read(PolicyParameters with, String text) {
        Duration window = Duration.ZERO;
        try {
            Duration unit = UNITS.get(text.charAt(text.length() - 1));
            window = (unit == null || text.charAt(0) == 'p')
                    ? Duration.parse(text)
                    : unit.multipliedBy(Long.parseLong(text.substring(0, text.length() - 1)));
        } catch (DateTimeParseException | NumberFormatException | ArithmeticException ex) {
            // told below
        }
        if (window.compareTo(Duration.ZERO) <= 0 || window.compareTo(LONGEST) > 0) {
            throw with.wrong(
                    WINDOW, "is no time span of up to 366 days", "Give with." + WINDOW + " a span such as 24h or 7d.");
        }
        return window;
    }

    /**
     * What may have happened in the window: actions of the same name whoever asked for them, and any others of the same
     * run. What failed before it did anything is left out.
     *
     * @throws RuntimeException when there is more than can be looked at
     */
    public List<EarlierAction> before(PolicyInputs inputs) {
        Instant since = inputs.request().timestamp().minus(this.window);
        List<EarlierAction> actions = new ArrayList<>();
        Set<UUID> seen = new HashSet<>();
        for (List<EarlierAction> some : List.of(
                inputs.history().since(inputs.request().action(), since),
                inputs.history().ofRun(inputs.request().run().id()))) {
            for (EarlierAction action : some) {
                boolean known = action.actionId() != null && !seen.add(action.actionId());
                if (!known && !action.failed() && !action.timestamp().isBefore(since)) {
                    actions.add(action);
                }
            }
        }
        return actions;
    }

    /** The window as it was configured. */
    @Override
    public String toString() {
        return this.text;
    }
}
