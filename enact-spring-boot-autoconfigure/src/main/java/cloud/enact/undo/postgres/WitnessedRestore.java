package cloud.enact.undo.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The transaction of a restore, as one that is captured itself, by the same triggers as any other. Its marker is closed
 * by the restore and not by a secret, because nothing else runs in the transaction.
 */
final class WitnessedRestore {

    /** Triggers and checks of the application may be run before the end: the marker lets them. */
    private static final String ENTER = """
            INSERT INTO enact_undo.marker (xid, run_id, action_id, token, state, joined)
            VALUES (pg_current_xact_id(), ?::uuid, ?::uuid, sha256(''::bytea), 'O', false) RETURNING id""";

    private static final String CHANGES = """
            SELECT n.nspname, c.relname, s.operation::text, sum(s.row_count)::bigint FROM enact_undo.statement s
            JOIN enact_undo.protected_table p ON p.id = s.protected JOIN pg_class c ON c.oid = p.relation
            JOIN pg_namespace n ON n.oid = c.relnamespace WHERE s.marker = ? GROUP BY 1, 2, 3 ORDER BY 1, 2, 3""";

    private final Session session;

    private final RestoreWitness witness;

    private final long marker;

    private WitnessedRestore(Session session, RestoreWitness witness, long marker) {
        this.session = session;
        this.witness = witness;
        this.marker = marker;
    }

    /** Says that a transaction is captured, before its first query. */
    static void announce(Session session) throws SQLException {
        session.execute("SET TRANSACTION DEFERRABLE");
    }

    /** Begins the capturing. */
    static WitnessedRestore enter(Session session, RestoreWitness witness) throws SQLException {
        return new WitnessedRestore(
                session,
                witness,
                session.list(ENTER, row -> row.getLong(1), witness.run(), witness.action())
                        .get(0));
    }

    /** Ends the capturing, and tells the witness. */
    void leave(Collection<Long> restored, Collection<TableName> beside) throws SQLException {
        this.session.execute("SET CONSTRAINTS ALL IMMEDIATE");
        this.session.list(
                "UPDATE enact_undo.marker SET state = 'C' WHERE id = ? RETURNING id",
                row -> row.getLong(1),
                this.marker);
        List<TableChange> changes = new ArrayList<>(this.session.list(
                CHANGES,
                row -> new TableChange(
                        new TableName(row.getString(1), row.getString(2)),
                        TableChange.Kind.of(row.getString(3)),
                        row.getLong(4)),
                this.marker));
        Set<TableName> captured = new HashSet<>();
        changes.forEach(change -> captured.add(change.table()));
        beside.stream()
                .filter(table -> !captured.contains(table))
                .forEach(table -> changes.add(new TableChange(table, TableChange.Kind.UNPROTECTED, 0)));
        this.witness.captured(this.marker, restored, changes);
    }
}
