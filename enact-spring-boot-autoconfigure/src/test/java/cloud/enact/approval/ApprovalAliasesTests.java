package cloud.enact.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApprovalAliasesTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jos\u00e9@example.com",
                "jose\u0301@example.com",
                "JOSE\u0301@EXAMPLE.COM",
                "jose\u200d\u0301@example.com",
                "jo\u034fse\u0301@example.com",
                "jo\ufe0fs\u00e9@example.com",
                "jo\u3164s\u00e9@example.com",
                "\u115fjos\u00e9@example.com",
                "jos\u00e9@example.com\u2800",
                "jos\u00e9\udb40\udd00@example.com",
                "\uff4aos\u00e9@example.com",
                "jos\u00e9\u00ad",
            })
    void aNameIsTheSameWithWhatNobodySees(String name) {
        assertThat(ApprovalAliases.none().areSame(name, "jos\u00e9@example.com"))
                .isTrue();
        assertThat(ApprovalAliases.none().areSame("jos\u00e9@example.com", name))
                .isTrue();
        assertThat(new ApprovalAliases(Map.of("jos\u00e9@example.com", Set.of("U7"))).areSame("U7", name))
                .isTrue();
    }

    @Test
    void othersAreOthers() {
        assertThat(ApprovalAliases.none().areSame("ann@example.com", "ann@example.org"))
                .isFalse();
        assertThat(ApprovalAliases.none().areSame("jose", "jos\u00e9")).isFalse();
        assertThat(ApprovalAliases.none().areSame("ann", "anna@example.org")).isFalse();
    }
}
