package cloud.enact.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.undo.Restoration;
import cloud.enact.undo.postgres.RestoreReport;
import cloud.enact.undo.postgres.RowConflict;
import cloud.enact.undo.postgres.TableName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The sentence that says what came of restoring rows. */
final class RestoreWordsTests {

    private static final TableName CUSTOMER = new TableName("public", "customer");

    @Test
    void oneRowStandsInTheWay() {
        String words = words(changed("7"));

        assertThat(words).isEqualTo("1 row stands in the way: public.customer{id=7} was changed since");
    }

    @Test
    void severalRowsStandInTheWay() {
        String words = words(changed("7"), changed("8"));

        assertThat(words).startsWith("2 rows stand in the way: public.customer{id=7} was changed since; ");
    }

    @Test
    void rowWithoutKeyIsOneOfItsTable() {
        String words = words(new RowConflict(
                new TableName("public", "log"), "", RowConflict.Kind.MISSING, Map.of(), Map.of(), null, "1 of 2 rows"));

        assertThat(words).isEqualTo("1 row stands in the way: a row of public.log was removed since");
    }

    @Test
    void constraintIsNamed() {
        assertThat(words(constraint(CUSTOMER, "customer_email_key")))
                .endsWith(": public.customer does not take the old rows (customer_email_key)");
    }

    @Test
    void refusalOfATriggerNamesNothing() {
        assertThat(words(constraint(new TableName("", ""), null)))
                .endsWith(": the database does not take the old rows");
    }

    private static RowConflict changed(String id) {
        return new RowConflict(CUSTOMER, "", RowConflict.Kind.CHANGED, Map.of("id", id), Map.of(), Map.of(), null);
    }

    private static RowConflict constraint(TableName table, @Nullable String name) {
        return new RowConflict(table, "", RowConflict.Kind.CONSTRAINT, Map.of(), null, null, name);
    }

    private static String words(RowConflict... conflicts) {
        return RestoreWords.of(new RestoreReport(
                Restoration.CONFLICT, true, false, List.of(), List.of(), conflicts.length, List.of(conflicts)));
    }
}
