package cloud.enact.connector.postgres;

import cloud.enact.action.ActionEffect;
import cloud.enact.action.Reversibility;
import cloud.enact.connector.ConnectorException;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.Capture;
import cloud.enact.undo.StepResult;
import cloud.enact.undo.postgres.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes rows of a table. They are counted first, then changed in a transaction that is committed when what was
 * captured in it is on record. Inside a transaction of somebody else the change is part of that, and so is its undo.
 */
abstract class ChangeRows extends RowStep {

    /** What of an output is content. */
    private static final Set<String> CONTENT = Set.of("key", "keys");

    private @Nullable Count counted;

    private @Nullable ActionEffect effect;

    private GuardedTransaction.@Nullable Stretch captured;

    private @Nullable Changed changed;

    /** Neither committed nor rolled back yet. */
    private @Nullable ChangeTransaction open;

    ChangeRows(String connector, RowArguments args, TableName table, RowDatabase database) {
        super(connector, args, table, database);
    }

    /** Counts what will change, without changing it. */
    abstract Count count(Connection connection, RowTable found) throws SQLException;

    /** The statement that changes it, which returns keys of new rows or nothing. */
    abstract SqlText statement(RowTable found);

    /** Does what the statement needs to be done before it, in the same transaction. */
    void beforeChange(Connection connection, RowTable found) throws SQLException {
        // most need nothing
    }

    /** The word for what was found done. */
    abstract String done();

    /** How many rows the caller expects, or {@code null}. */
    @Nullable
    Long expected() {
        return null;
    }

    /** Columns the statement returns. */
    List<RowColumn> returned(RowTable found) {
        return List.of();
    }

    @Override
    public final ActionEffect effect() {
        ActionEffect known = this.effect;
        if (known == null) {
            Count count = RowTrouble.told(operation(), () -> {
                Count found = this.database.reading(connection -> count(connection, find(connection)));
                requireExpected(found.rows());
                return found;
            });
            this.counted = count;
            known = new ActionEffect(Map.of(this.table.toString(), count.done() ? 0 : count.rows()), List.of());
            this.effect = known;
        }
        return known;
    }

    @Override
    public final Reversibility reversibility() {
        GuardedTransaction.Stretch stretch = this.captured;
        return (stretch == null || stretch.rows().unprotected().isEmpty())
                ? super.reversibility()
                : Reversibility.IRREVERSIBLE;
    }

    @Override
    public final Map<String, @Nullable Object> undoArgs() {
        Map<String, @Nullable Object> needed = output();
        GuardedTransaction.Stretch stretch = this.captured;
        if (stretch != null) {
            needed.putAll(stretch.rows().describe());
        }
        return needed;
    }

    @Override
    public final @Nullable Capture capture(BlobStore blobs) {
        effect();
        return counted().done() ? null : RowTrouble.<@Nullable Capture>told(operation(), this::changeAlone);
    }

    @Override
    public final StepResult apply(@Nullable Capture capture) {
        effect();
        return RowTrouble.told(operation(), () -> {
            if (counted().done()) {
                return result(new Changed(0, List.of(), true), done());
            }
            ChangeTransaction transaction = this.open;
            if (transaction == null) {
                return result(changeTogether(), null);
            }
            Changed changed = this.changed;
            if (changed == null) {
                throw new ConnectorException("nothing was changed, because that failed before");
            }
            transaction.commit();
            this.open = null;
            return new StepResult(result(changed, null).output(), null, ChangeStep.committed());
        });
    }

    @Override
    public final void release() {
        if (this.open != null) {
            this.open.rollback();
            this.open = null;
        }
    }

    @Override
    public final Map<String, @Nullable Object> recorded(StepResult result) {
        Map<String, @Nullable Object> recorded = new LinkedHashMap<>(result.output());
        recorded.keySet().removeAll(CONTENT);
        return recorded;
    }

    /** Changes the rows in a transaction of their own, which stays open. */
    private @Nullable Capture changeAlone() throws SQLException {
        Connection connection = this.database.dataSource().getConnection();
        if (this.database.isShared(connection)) {
            connection.close();
            return null;
        }
        ChangeTransaction transaction = ChangeTransaction.begin(connection, this.database);
        this.open = transaction;
        Changed done = change(connection);
        GuardedTransaction.Stretch stretch = transaction.end();
        this.captured = stretch;
        this.effect = measured(done, stretch.rows());
        this.changed = done;
        return stretch.rows().isEmpty() ? null : ChangeStep.capture(stretch.marker(), stretch.rows());
    }

    /** What the statement says of its own table is known even where that is not protected, if that is all there is. */
    private ActionEffect measured(Changed done, CapturedRows captured) {
        ActionEffect all = captured.effect();
        Map<String, Long> tables = new LinkedHashMap<>(all.tables());
        List<String> unmeasured = new ArrayList<>(all.unmeasured());
        if (done.all() && unmeasured.remove(this.table.toString()) || tables.isEmpty()) {
            tables.put(this.table.toString(), done.rows());
        }
        return new ActionEffect(tables, unmeasured);
    }

    /** Changes the rows in the transaction that is open, or leaves it as it was. */
    private Changed changeTogether() throws SQLException {
        try (Connection connection = this.database.dataSource().getConnection()) {
            if (!this.database.isShared(connection)) {
                throw new ConnectorException("the transaction around it has ended meanwhile");
            }
            RowDatabase.guard(connection);
            Savepoint savepoint = connection.setSavepoint();
            try {
                Changed done = change(connection);
                connection.releaseSavepoint(savepoint);
                return done;
            } catch (SQLException | RuntimeException ex) {
                try {
                    connection.rollback(savepoint);
                } catch (SQLException lost) {
                    ex.addSuppressed(lost);
                }
                throw ex;
            }
        }
    }

    private Changed change(Connection connection) throws SQLException {
        RowTable found = find(connection);
        beforeChange(connection, found);
        List<RowColumn> returned = returned(found);
        long rows;
        List<Map<String, @Nullable Object>> keys = new ArrayList<>();
        try (PreparedStatement statement = statement(found).prepare(connection)) {
            if (returned.isEmpty()) {
                rows = statement.executeLargeUpdate();
            } else {
                try (ResultSet result = statement.executeQuery()) {
                    while (result.next()) {
                        keys.add(key(result, returned));
                    }
                }
                rows = keys.size();
            }
        }
        if (rows > counted().rows()) {
            throw new ConnectorException(rows + " rows match and " + counted().rows()
                    + " did when this was judged, because somebody changed the table meanwhile; nothing was changed,"
                    + " try again");
        }
        requireExpected(rows);
        return new Changed(rows, keys, found.alone());
    }

    private static Map<String, @Nullable Object> key(ResultSet result, List<RowColumn> returned) throws SQLException {
        Map<String, @Nullable Object> key = new LinkedHashMap<>();
        for (int i = 0; i < returned.size(); i++) {
            key.put(returned.get(i).name(), RowValues.json(returned.get(i), result.getString(i + 1)));
        }
        return key;
    }

    private void requireExpected(long rows) {
        Long expected = expected();
        if (expected != null && expected != rows) {
            throw new ConnectorException(rows + " rows match and " + expected
                    + " were expected; nothing was changed, look at the condition");
        }
    }

    private StepResult result(Changed changed, @Nullable String alreadyDone) {
        Map<String, @Nullable Object> output = output();
        output.put("rows", changed.rows());
        GuardedTransaction.Stretch stretch = this.captured;
        if (stretch != null) {
            Map<String, @Nullable Object> all = stretch.rows().describe();
            all.remove("rows");
            output.putAll(all);
        }
        if (!changed.keys().isEmpty()) {
            if (operation().equals(RowOperation.INSERT_ROWS.id())) {
                output.put("keys", changed.keys());
            } else {
                output.put("key", changed.keys().get(0));
            }
        }
        return new StepResult(output, alreadyDone, null);
    }

    private Count counted() {
        Count count = this.counted;
        if (count == null) {
            throw new IllegalStateException("A step is measured before it is captured");
        }
        return count;
    }

    /**
     * What a change comes to.
     *
     * @param rows how many rows it is about
     * @param done whether all of them are as wanted already
     */
    record Count(long rows, boolean done) {}

    /**
     * What was changed.
     *
     * @param rows how many rows the statement was about
     * @param keys what it returned
     * @param all whether no other rows of the table were changed by it
     */
    private record Changed(long rows, List<Map<String, @Nullable Object>> keys, boolean all) {}
}
