package cloud.enact.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.undo.postgres.TableChange;
import cloud.enact.undo.postgres.TableName;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was captured, counted by table. */
class CapturedRowsTests {

    @Test
    void tablesThatReadAlikeAreAddedUp() {
        CapturedRows rows = CapturedRows.of(List.of(
                new TableChange(new TableName("a", "b.c"), TableChange.Kind.DELETED, 1000),
                new TableChange(new TableName("a.b", "c"), TableChange.Kind.DELETED, 1)));

        assertThat(rows.effect().rows()).isEqualTo(1001);
        assertThat(rows.describe().get("tables").toString()).contains("deleted=1001");
    }
}
