package cloud.enact.connector.postgres;

import cloud.enact.connector.AllowedOperations;
import cloud.enact.connector.ConnectorName;
import cloud.enact.undo.StepExecutor;
import cloud.enact.undo.postgres.CaptureException;
import cloud.enact.undo.postgres.TablePattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/** What a {@link PostgresConnector} is made of. Not thread-safe. */
public final class PostgresConnectorBuilder {

    private final DataSource dataSource;

    private final RowsUndo undo;

    private String name = "postgres";

    private final Set<String> operations = new TreeSet<>();

    private final List<TablePattern> tables = new ArrayList<>();

    private PostgresLimits limits = PostgresLimits.defaults();

    private Duration lockTimeout = Duration.ofSeconds(10);

    private BooleanSupplier inTransaction = () -> false;

    PostgresConnectorBuilder(DataSource dataSource, RowsUndo undo) {
        this.dataSource = dataSource;
        this.undo = undo;
    }

    /** Names the instance; {@code postgres} if nothing else is said. */
    public PostgresConnectorBuilder name(String name) {
        this.name = ConnectorName.require(name);
        return this;
    }

    /** Allows operations, by name; without this nothing is allowed. */
    public PostgresConnectorBuilder operations(Collection<String> operations) {
        this.operations.addAll(operations);
        return this;
    }

    /**
     * Allows tables, as {@code schema.table} where a star stands for any text; without this no table is allowed.
     *
     * @throws IllegalArgumentException when one is no name of a table
     */
    public PostgresConnectorBuilder tables(Collection<String> tables) {
        try {
            tables.forEach(table -> this.tables.add(TablePattern.of(table)));
        } catch (CaptureException ex) {
            throw new IllegalArgumentException(ex.getMessage(), ex);
        }
        return this;
    }

    /** Sets how much one operation may take. */
    public PostgresConnectorBuilder limits(PostgresLimits limits) {
        this.limits = limits;
        return this;
    }

    /** Sets how long a change waits for rows that somebody else holds. */
    public PostgresConnectorBuilder lockTimeout(Duration lockTimeout) {
        this.lockTimeout = lockTimeout;
        return this;
    }

    /**
     * Has changes join transactions of the application.
     *
     * @param inTransaction whether this thread is in one, in which the data source hands out the same connection again
     */
    public PostgresConnectorBuilder joining(BooleanSupplier inTransaction) {
        this.inTransaction = inTransaction;
        return this;
    }

    /**
     * Makes the connector.
     *
     * @param steps performs its steps inside governed actions
     * @throws IllegalArgumentException when an operation doesn't exist
     */
    public PostgresConnector build(StepExecutor steps) {
        RowDatabase database = new RowDatabase(this.dataSource, this.inTransaction, this.undo, this.lockTimeout);
        AllowedOperations<RowOperation> allowed =
                new AllowedOperations<>(this.name, List.of(RowOperation.values()), this.operations);
        return new PostgresConnector(this.name, allowed, List.copyOf(this.tables), database, this.limits, steps);
    }
}
