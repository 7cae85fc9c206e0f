package cloud.enact.policy.builtin.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.policy.PolicyConfigurationException;
import cloud.enact.policy.PolicyParameters;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Times, zones and days as people write them. */
class TimeParametersTests {

    @Test
    void timesOfDayAlsoComeAsTheNumbersYamlMakesOfThem() {
        assertThat(TimeParameters.localTime(with("p", "22:30"), "p")).isEqualTo(LocalTime.of(22, 30));
        assertThat(TimeParameters.localTime(with("p", "8:30"), "p")).isEqualTo(LocalTime.of(8, 30));
        assertThat(TimeParameters.localTime(with("p", "24:00"), "p")).isEqualTo(LocalTime.MIDNIGHT);
        assertThat(TimeParameters.localTime(with("p", 22 * 60 + 30), "p")).isEqualTo(LocalTime.of(22, 30));
        refused(() -> TimeParameters.localTime(with("p", 22), "p"), "not a time of day");
        refused(() -> TimeParameters.localTime(with("p", 1440), "p"), "not a time of day");
        refused(() -> TimeParameters.localTime(with("p", "25:00"), "p"), "not a time of day");
        refused(() -> TimeParameters.localTime(with("p", "noon"), "p"), "not a time of day");
        refused(() -> TimeParameters.localTime(none(), "p"), "needs the parameter");
    }

    @Test
    void zonesAreChecked() {
        assertThat(TimeParameters.zone(with("p", "Europe/Berlin"), "p", ZoneOffset.UTC))
                .isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(TimeParameters.zone(none(), "p", ZoneOffset.UTC)).isEqualTo(ZoneOffset.UTC);
        refused(() -> TimeParameters.zone(with("p", "Europe/Atlantis"), "p", ZoneOffset.UTC), "not a time zone");
    }

    @Test
    void daysAreNamesAbbreviationsAndRanges() {
        assertThat(TimeParameters.daysOfWeek(with("p", "MON, tuesday"), "p"))
                .containsExactly(DayOfWeek.MONDAY, DayOfWeek.TUESDAY);
        assertThat(TimeParameters.daysOfWeek(with("p", List.of("FRI-MON")), "p"))
                .containsExactlyInAnyOrder(DayOfWeek.FRIDAY, DayOfWeek.SATURDAY, DayOfWeek.SUNDAY, DayOfWeek.MONDAY);
        assertThat(TimeParameters.daysOfWeek(none(), "p")).hasSize(7);
        refused(() -> TimeParameters.daysOfWeek(with("p", "someday"), "p"), "no day of the week");
        refused(() -> TimeParameters.daysOfWeek(with("p", "MON-"), "p"), "no day of the week");
        refused(() -> TimeParameters.daysOfWeek(with("p", "MO"), "p"), "no day of the week");
    }

    private static PolicyParameters none() {
        return new PolicyParameters("a.b", "here", Map.of());
    }

    private static PolicyParameters with(String name, Object value) {
        return new PolicyParameters("a.b", "here", Map.of(name, value));
    }

    private static void refused(ThrowingCallable call, String description) {
        assertThatExceptionOfType(PolicyConfigurationException.class)
                .isThrownBy(call)
                .satisfies(ex -> assertThat(ex.getAction()).isNotBlank())
                .withMessageContaining(description);
    }
}
