package cloud.enact.policy.builtin.time;

import cloud.enact.action.Reversibility;
import cloud.enact.policy.InputPolicy;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.PolicyParameters;
import cloud.enact.policy.Verdict;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/**
 * Lets changes through only within a window of the day, start inclusive, end exclusive, by the clock on the wall of a
 * time zone. A window that wraps midnight belongs to the day on which it starts.
 */
final class WithinMaintenanceWindow implements InputPolicy {

    static final String NAME = "time.within-maintenance-window";

    static final String HARM = "Changes happen while people depend on the system and nobody watches.";

    private static final int DAYS_AHEAD = 9;

    private final LocalTime start;

    private final LocalTime end;

    private final ZoneId zone;

    private final Set<DayOfWeek> days;

    private final Verdict abstention = Verdict.abstain(NAME);

    private final Verdict pass = Verdict.pass(NAME, "The maintenance window is open.");

    WithinMaintenanceWindow(PolicyParameters with) {
        this.start = TimeParameters.localTime(with, "start");
        this.end = TimeParameters.localTime(with, "end");
        this.zone = TimeParameters.zone(with, "zone", ZoneOffset.UTC);
        this.days = TimeParameters.daysOfWeek(with, "days");
        if (this.start.equals(this.end)) {
            throw with.wrong("end", "is the same as 'start'", "Let the window end later than it starts.");
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Verdict judge(PolicyInputs inputs) {
        if (!inputs.named() && inputs.request().reversibility() == Reversibility.READ_ONLY) {
            return this.abstention;
        }
        ZonedDateTime now = inputs.request().timestamp().atZone(this.zone);
        return isOpen(now)
                ? this.pass
                : Verdict.block(NAME, "The maintenance window is closed. Try again from " + nextOpening(now) + ".");
    }

    private boolean isOpen(ZonedDateTime moment) {
        LocalTime time = moment.toLocalTime();
        DayOfWeek today = moment.getDayOfWeek();
        if (this.start.isBefore(this.end)) {
            return this.days.contains(today) && !time.isBefore(this.start) && time.isBefore(this.end);
        }
        return this.days.contains(today) && !time.isBefore(this.start)
                || this.days.contains(today.minus(1)) && time.isBefore(this.end);
    }

    private String nextOpening(ZonedDateTime now) {
        for (int ahead = 0; ahead < DAYS_AHEAD; ahead++) {
            // a start that the clocks skip is moved to the first moment that exists
            ZonedDateTime opening =
                    now.toLocalDate().plusDays(ahead).atTime(this.start).atZone(this.zone);
            if (opening.isAfter(now) && isOpen(opening)) {
                return opening.truncatedTo(ChronoUnit.SECONDS)
                        .toOffsetDateTime()
                        .toString();
            }
        }
        return "the next window";
    }
}
