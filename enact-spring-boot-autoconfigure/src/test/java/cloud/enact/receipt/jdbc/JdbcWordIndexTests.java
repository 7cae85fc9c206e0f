package cloud.enact.receipt.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.jdbc.SchemaName;
import cloud.enact.receipt.ReceiptStoreException;
import cloud.enact.receipt.search.ReceiptSearchContract;
import cloud.enact.receipt.search.WordIndex;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

class JdbcWordIndexTests extends ReceiptSearchContract {

    private final ReceiptDatabase database = new ReceiptDatabase();

    private JdbcWordIndex index;

    @BeforeEach
    void open() {
        this.index = open(this.database.dataSource(), schema());
    }

    @AfterEach
    void close() throws SQLException {
        this.index.close();
        this.database.execute("DROP SCHEMA " + schema().quoted() + " CASCADE");
        this.database.close();
    }

    private SchemaName schema() {
        return this.database.options().schema().with("_search");
    }

    private static JdbcWordIndex open(DataSource source, SchemaName schema) {
        return JdbcWordIndex.open(source, schema, Duration.ofSeconds(10));
    }

    @Override
    protected WordIndex index() {
        return this.index;
    }

    @Test
    void itIsOpenedAgainByAnotherNodeAndAfterARestart() {
        theOtherFiltersHoldAsWell();

        try (JdbcWordIndex other = open(this.database.dataSource(), schema())) {
            assertThat(other.reached("test"))
                    .isEqualTo(this.index.reached("test"))
                    .isPresent();
        }
    }

    @Test
    void itReadsAndWritesOnTheOneConnectionThatItIsLent() throws SQLException {
        AtomicInteger lent = new AtomicInteger();
        DataSource pool = new DelegatingDataSource(this.database.dataSource()) {
            @Override
            public Connection getConnection() throws SQLException {
                lent.incrementAndGet();
                return super.getConnection();
            }
        };

        try (JdbcWordIndex other = JdbcWordIndex.openOnOneConnection(pool, schema(), Duration.ofSeconds(10))) {
            other.clear();
            assertThat(other.reached("test")).isEmpty();
        }

        assertThat(lent).hasValue(1);
    }

    @Test
    void aSchemaThatCantBeMadeIsNamedWithWhatToDo() throws SQLException {
        String role = "searcher_" + schema().name().hashCode();
        this.database.execute("CREATE ROLE \"" + role + "\" LOGIN");
        try {
            PGSimpleDataSource source = (PGSimpleDataSource) this.database.dataSource();
            source.setUser(role);

            assertThatExceptionOfType(ReceiptStoreException.class)
                    .isThrownBy(() -> open(source, new SchemaName("none " + role)))
                    .withMessageContaining("CREATE SCHEMA \"none " + role + "\"");
        } finally {
            this.database.execute("DROP ROLE \"" + role + "\"");
        }
    }
}
