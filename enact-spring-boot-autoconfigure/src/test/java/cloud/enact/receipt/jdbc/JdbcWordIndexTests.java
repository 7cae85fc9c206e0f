package cloud.enact.receipt.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.receipt.ReceiptStoreException;
import cloud.enact.receipt.search.ReceiptSearchContract;
import cloud.enact.receipt.search.WordIndex;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class JdbcWordIndexTests extends ReceiptSearchContract {

    private final ReceiptDatabase database = new ReceiptDatabase();

    private JdbcWordIndex index;

    @BeforeEach
    void open() {
        this.index = JdbcWordIndex.open(this.database.dataSource(), this.database.options());
    }

    @AfterEach
    void close() throws SQLException {
        this.index.close();
        this.database.execute("DROP SCHEMA " + searchSchema() + " CASCADE");
        this.database.close();
    }

    private String searchSchema() {
        return new JdbcReceiptOptions(
                        this.database.options().schema() + "_search", Duration.ofMinutes(1), Duration.ofSeconds(10))
                .quotedSchema();
    }

    @Override
    protected WordIndex index() {
        return this.index;
    }

    @Test
    void itIsOpenedAgainByAnotherNodeAndAfterARestart() {
        theOtherFiltersHoldAsWell();

        try (JdbcWordIndex other = JdbcWordIndex.open(this.database.dataSource(), this.database.options())) {
            assertThat(other.reached("test"))
                    .isEqualTo(this.index.reached("test"))
                    .isPresent();
        }
    }

    @Test
    void aSchemaThatCantBeMadeIsNamedWithWhatToDo() throws SQLException {
        String role = "searcher_" + this.database.options().schema().hashCode();
        this.database.execute("CREATE ROLE \"" + role + "\" LOGIN");
        try {
            JdbcReceiptOptions options =
                    new JdbcReceiptOptions("none " + role, Duration.ofMinutes(1), Duration.ofSeconds(10));
            PGSimpleDataSource source = (PGSimpleDataSource) this.database.dataSource();
            source.setUser(role);

            assertThatExceptionOfType(ReceiptStoreException.class)
                    .isThrownBy(() -> JdbcWordIndex.open(source, options))
                    .withMessageContaining("CREATE SCHEMA \"none " + role + "_search\"");
        } finally {
            this.database.execute("DROP ROLE \"" + role + "\"");
        }
    }
}
