package cloud.enact.policy.builtin.time;

import cloud.enact.policy.PolicyParameters;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads times, zones and days out of parameters, with the same clear errors as everything else there. */
final class TimeParameters {

    private static final int MINUTES_OF_DAY = 24 * 60;

    private TimeParameters() {}

    /**
     * Returns a time of day that must be given. {@code 24:00} is midnight. A number is what YAML makes of an unquoted
     * {@code 22:00}: minutes since midnight.
     */
    static LocalTime localTime(PolicyParameters with, String name) {
        String text = with.string(name);
        if (text.equals("24:00")) {
            return LocalTime.MIDNIGHT;
        }
        try {
            if (with.values().get(name) instanceof Integer minutes && minutes >= 60 && minutes < MINUTES_OF_DAY) {
                return LocalTime.of(minutes / 60, minutes % 60);
            }
            return LocalTime.parse((text.length() == 4) ? "0" + text : text);
        } catch (DateTimeException ex) {
            throw with.wrong(name, "is not a time of day", "Write with." + name + " in quotes, such as \"22:00\".");
        }
    }

    /** Returns a time zone, or the default when it is not given. */
    static ZoneId zone(PolicyParameters with, String name, ZoneId defaults) {
        if (!with.has(name)) {
            return defaults;
        }
        try {
            return ZoneId.of(with.string(name));
        } catch (DateTimeException ex) {
            throw with.wrong(
                    name, "is not a time zone", "Give with." + name + " a zone such as Europe/Berlin, +02:00 or UTC.");
        }
    }

    /** Returns days of the week, written as {@code MON}, {@code monday} or {@code MON-FRI}; all when not given. */
    static Set<DayOfWeek> daysOfWeek(PolicyParameters with, String name) {
        List<String> texts = with.strings(name, List.of());
        if (texts.isEmpty()) {
            return Collections.unmodifiableSet(EnumSet.allOf(DayOfWeek.class));
        }
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String text : texts) {
            int dash = text.indexOf('-');
            DayOfWeek day = day(with, name, (dash < 0) ? text : text.substring(0, dash));
            DayOfWeek last = (dash < 0) ? day : day(with, name, text.substring(dash + 1));
            days.add(day);
            while (day != last) {
                day = day.plus(1);
                days.add(day);
            }
        }
        return Collections.unmodifiableSet(days);
    }

    private static DayOfWeek day(PolicyParameters with, String name, String text) {
        String wanted = text.strip().toUpperCase(Locale.ROOT);
        if (wanted.length() >= 3) {
            for (DayOfWeek day : DayOfWeek.values()) {
                if (day.name().equals(wanted) || day.name().substring(0, 3).equals(wanted)) {
                    return day;
                }
            }
        }
        throw with.wrong(name, "holds something that is no day of the week", "Write days as MON, TUE-THU or saturday.");
    }
}
