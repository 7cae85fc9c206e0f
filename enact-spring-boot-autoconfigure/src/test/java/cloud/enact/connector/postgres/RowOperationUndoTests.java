package cloud.enact.connector.postgres;

import static cloud.enact.connector.postgres.ConnectorFixture.clerk;
import static cloud.enact.connector.postgres.ConnectorFixture.rollback;
import static cloud.enact.connector.postgres.ConnectorFixture.rows;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ApplicationContext;

/** What comes back of each operation. */
class RowOperationUndoTests {

    private static final Map<String, Object> FIRST = Map.of("id", 1);

    @RegisterExtension
    final ConnectorFixture database = new ConnectorFixture();

    @TempDir
    Path directory;

    @Test
    void selectingRowsLeavesNothingToUndo() {
        undo(shop -> shop.selectRows("customer", FIRST), RollbackResult.NOTHING_TO_UNDO);
    }

    @Test
    void countingRowsLeavesNothingToUndo() {
        undo(
                shop -> {
                    assertThat(shop.countRows("customer", FIRST)).isEqualTo(1);
                    return shop.selectRows("customer", FIRST);
                },
                RollbackResult.NOTHING_TO_UNDO);
    }

    @Test
    void anInsertedRowGoes() {
        undo(shop -> shop.insertRow("customer", Map.of("id", 48, "name", "new")));
    }

    @Test
    void insertedRowsGo() {
        undo(shop -> shop.insertRows("orders", List.of(Map.of("customer", 1), Map.of("customer", 2))));
    }

    @Test
    void updatedRowsGetTheirOldValues() {
        undo(shop -> shop.updateRow("customer", Map.of("name", "renamed"), Map.of("id", Map.of("<", 10))));
    }

    @Test
    void deletedRowsComeBackWithWhatWasDeletedAlongWithThem() {
        undo(shop -> {
            assertThat(shop.countRows("orders", Map.of("customer", 1))).isPositive();
            return shop.deleteRow("customer", FIRST);
        });
    }

    @Test
    void anUpsertedRowIsAsItWasOrGoes() {
        undo(shop -> {
            shop.upsertRow("customer", Map.of("id", 48, "name", "new"));
            return shop.upsertRow("customer", Map.of("id", 1, "name", "again"));
        });
    }

    private void undo(Clerk.Work work) {
        undo(work, RollbackResult.ROLLED_BACK);
    }

    private void undo(Clerk.Work work, RollbackResult expected) {
        this.database.application(this.directory).run(context -> {
            List<String> before = rows(context);
            clerk(context).work(work);
            assertThat(rows(context).equals(before)).isEqualTo(expected == RollbackResult.NOTHING_TO_UNDO);

            assertUndone(context, before, expected);
        });
    }

    private static void assertUndone(ApplicationContext context, List<String> before, RollbackResult expected) {
        RollbackReport report = rollback(context, "clerk.work");

        assertThat(report.result()).as(report.message()).isEqualTo(expected);
        assertThat(rows(context)).isEqualTo(before);
    }
}
