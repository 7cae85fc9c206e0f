package cloud.enact.connector.postgres;

import cloud.enact.action.Reversibility;
import cloud.enact.undo.GovernedAction;
import cloud.enact.undo.GovernedActions;
import cloud.enact.undo.StepExecutor;
import cloud.enact.undo.postgres.CapturedTransaction;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * Follows the transactions of one connection. The first statement of a governed action marks the transaction, so that
 * the database captures what is changed from then on; before the transaction ends, or the action does, what was
 * captured is judged and recorded as a step of the action. For one connection, one thread at a time.
 */
final class GuardedTransactions implements OwnTransaction {

    private static final Log logger = LogFactory.getLog(GuardedTransactions.class);

    private final Connection connection;

    private final GuardSettings settings;

    private final GovernedActions actions;

    private final StepExecutor steps;

    private final SecureRandom random;

    private @Nullable Mark mark;

    /** The mark that was on the transaction when each savepoint was made. */
    private final Map<Savepoint, @Nullable Mark> savepoints = new IdentityHashMap<>();

    /** Why the open transaction must not be committed. */
    private @Nullable RuntimeException doom;

    GuardedTransactions(
            Connection connection,
            GuardSettings settings,
            GovernedActions actions,
            StepExecutor steps,
            SecureRandom random) {
        this.connection = connection;
        this.settings = settings;
        this.actions = actions;
        this.steps = steps;
        this.random = random;
    }

    /** Runs a statement; with auto-commit on, in a transaction of its own. */
    @Nullable
    Object execute(Statement statement, List<String> texts, Execution execution) throws Throwable {
        GovernedAction action = this.actions.current();
        if (action == null) {
            return execution.run();
        }
        TransactionControl.refuseIn(texts);
        if (!this.connection.getAutoCommit()) {
            enter(action);
            return execution.run();
        }
        return executeAlone(statement, action, execution);
    }

    /** Runs a statement in a transaction of its own; one of an action that changes nothing can't change anything. */
    private @Nullable Object executeAlone(Statement statement, GovernedAction action, Execution execution)
            throws Throwable {
        boolean readOnly = this.connection.isReadOnly();
        boolean changesNothing = readOnly || action.reversibility() == Reversibility.READ_ONLY;
        int fetchSize = statement.getFetchSize();
        this.connection.setReadOnly(changesNothing);
        this.connection.setAutoCommit(false);
        try {
            // a cursor would not survive the commit
            statement.setFetchSize(0);
            if (!changesNothing) {
                enter(action);
            }
            Object result = execution.run();
            commit();
            return result;
        } catch (Throwable ex) {
            rollback();
            throw ex;
        } finally {
            statement.setFetchSize(fetchSize);
            this.connection.setAutoCommit(true);
            this.connection.setReadOnly(readOnly);
        }
    }

    /** Marks the transaction for what is about to be done behind the guard's back. */
    void beforeUnseenWork() throws SQLException {
        GovernedAction action = this.actions.current();
        if (action == null) {
            return;
        }
        if (this.connection.getAutoCommit()) {
            throw new SQLException("A governed action works on the driver's own connection only within a transaction,"
                    + " because nobody sees it commit otherwise. Turn auto-commit off, or open a transaction first.");
        }
        enter(action);
    }

    void commit() throws SQLException {
        RuntimeException doom = this.doom;
        if (doom != null) {
            rollback();
            throw doom;
        }
        try {
            leave(this.connection::commit);
        } catch (SQLException | RuntimeException ex) {
            rollback();
            throw ex;
        }
        this.savepoints.clear();
    }

    void rollback() throws SQLException {
        this.mark = null;
        this.doom = null;
        this.savepoints.clear();
        this.connection.rollback();
    }

    /** A mark that was made behind the savepoint goes with the rest; one that was taken off there comes back. */
    void rollback(Savepoint savepoint) throws SQLException {
        this.connection.rollback(savepoint);
        this.mark = this.savepoints.get(savepoint);
    }

    void made(Savepoint savepoint) {
        this.savepoints.put(savepoint, this.mark);
    }

    void released(Savepoint savepoint) {
        this.savepoints.remove(savepoint);
    }

    void setAutoCommit(boolean autoCommit) throws SQLException {
        if (autoCommit && !this.connection.getAutoCommit()) {
            // as JDBC has it, this commits
            commit();
        }
        this.connection.setAutoCommit(autoCommit);
    }

    private void enter(GovernedAction action) throws SQLException {
        if (this.doom != null) {
            throw new SQLException("The transaction will be rolled back: " + this.doom.getMessage(), this.doom);
        }
        Mark known = this.mark;
        if (known != null && known.isFor(action)) {
            return;
        }
        leave(null);
        UUID run = action.runId().value();
        // what somebody else began may have any setting, and its first command has been run
        Mark mark = new Mark(
                action,
                isFresh()
                        ? CapturedTransaction.enter(this.connection, run, action.actionId(), this.random)
                        : CapturedTransaction.join(this.connection, run, action.actionId(), this.random));
        this.mark = mark;
        action.beforeEnd(() -> ends(mark));
    }

    private boolean isFresh() throws SQLException {
        return this.connection.unwrap(BaseConnection.class).getTransactionState() == TransactionState.IDLE;
    }

    /** The action ends inside a transaction that goes on: what it did is its own, and what follows is not. */
    private void ends(Mark ended) {
        if (this.mark != ended) {
            return;
        }
        try {
            if (isFailed()) {
                // nothing of it can be committed
                this.mark = null;
                return;
            }
            leave(null);
        } catch (SQLException ex) {
            logger.error("What action " + ended.action().name() + " changed in " + this.settings.database()
                    + " could not be captured, so its transaction will be rolled back ("
                    + ex.getClass().getName() + "); at DEBUG there is more");
            logger.debug("A captured transaction could not be left", ex);
            this.doom = new IllegalStateException(
                    "What action " + ended.action().name() + " changed could not be captured", ex);
        } catch (RuntimeException ex) {
            this.doom = ex;
        }
    }

    private boolean isFailed() throws SQLException {
        return this.connection.unwrap(BaseConnection.class).getTransactionState() == TransactionState.FAILED;
    }

    /**
     * Takes the mark off, if there is one, and records what was captured.
     *
     * @param commit ends the transaction, or {@code null} when somebody else will
     */
    private void leave(@Nullable Commit commit) throws SQLException {
        Stretch ended = end();
        if (ended != null && !ended.rows().isEmpty()) {
            this.steps.perform(new ChangeStep(this.settings.database(), ended.marker(), ended.rows(), commit));
        } else if (commit != null) {
            commit.run();
        }
    }

    @Override
    public @Nullable Stretch end() throws SQLException {
        Mark mark = this.mark;
        this.mark = null;
        if (mark == null) {
            return null;
        }
        CapturedRows captured = CapturedRows.of(mark.transaction().leave());
        require(mark.action(), captured);
        return new Stretch(mark.transaction().marker(), captured);
    }

    @Override
    public void commitEnded() throws SQLException {
        this.connection.commit();
        this.savepoints.clear();
    }

    private void require(GovernedAction action, CapturedRows captured) throws SQLException {
        if (action.reversibility() == Reversibility.READ_ONLY && !captured.isEmpty()) {
            throw new SQLException("Action " + action.name() + " says that it only reads, and wrote to "
                    + captured.names() + ". Let it say what it does.");
        }
        if (!captured.unprotected().isEmpty() && this.settings.unprotected() == UnprotectedWrite.REFUSE) {
            throw new SQLException("A governed action wrote to " + String.join(", ", captured.unprotected())
                    + ", which is not protected, so it could not be taken back. Add it to enact.postgres.protect, or"
                    + " set enact.postgres.unprotected-write to record.");
        }
    }

    /** What a caller wants to execute. */
    interface Execution {

        @Nullable
        Object run() throws Throwable;
    }

    /** Ends the transaction. */
    interface Commit {

        void run() throws SQLException;
    }
}
