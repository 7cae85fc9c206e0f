package cloud.enact.connector.postgres;

import cloud.enact.action.Reversibility;
import cloud.enact.undo.GovernedAction;
import cloud.enact.undo.GovernedActions;
import cloud.enact.undo.StepExecutor;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Follows the transactions of one connection. The first statement of a governed action marks the transaction, so that
 * the database captures what is changed from then on; before the transaction ends, or the action does, what was
 * captured is judged and recorded as a step of the action. For one connection, one thread at a time.
 */
final class GuardedTransactions {

    private static final Log logger = LogFactory.getLog(GuardedTransactions.class);

    private final Connection connection;

    private final CaptureCalls capture;

    private final String database;

    private final GovernedActions actions;

    private final StepExecutor steps;

    private final UnprotectedWrite unprotected;

    /** The mark on the transaction that is open, or {@code null}. */
    private @Nullable Mark mark;

    /** Whether a savepoint was rolled back, and the mark with it if it was made behind it. */
    private boolean markMayBeGone;

    /** Why the open transaction must not be committed. */
    private @Nullable RuntimeException doom;

    GuardedTransactions(
            Connection connection,
            CaptureCalls capture,
            String database,
            GovernedActions actions,
            StepExecutor steps,
            UnprotectedWrite unprotected) {
        this.connection = connection;
        this.capture = capture;
        this.database = database;
        this.actions = actions;
        this.steps = steps;
        this.unprotected = unprotected;
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
            rollback(null);
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
                    + " because nobody sees it commit otherwise; turn auto-commit off or open a transaction first");
        }
        enter(action);
    }

    void commit() throws SQLException {
        if (this.doom != null) {
            RuntimeException reason = this.doom;
            rollback(null);
            throw reason;
        }
        try {
            Mark mark = confirmed();
            if (mark == null) {
                this.connection.commit();
                return;
            }
            leave(mark, this.connection::commit);
        } catch (SQLException | RuntimeException ex) {
            rollback(null);
            throw ex;
        }
    }

    /** Rolls back, to a savepoint if one is given. */
    void rollback(@Nullable Savepoint savepoint) throws SQLException {
        if (savepoint == null) {
            this.mark = null;
            this.doom = null;
            this.connection.rollback();
        } else {
            this.connection.rollback(savepoint);
            this.markMayBeGone = true;
        }
    }

    void setAutoCommit(boolean autoCommit) throws SQLException {
        if (autoCommit && !this.connection.getAutoCommit() && (this.mark != null || this.doom != null)) {
            // as JDBC has it, this commits
            commit();
        }
        this.connection.setAutoCommit(autoCommit);
    }

    private @Nullable Mark confirmed() throws SQLException {
        if (this.mark != null && this.markMayBeGone && !this.capture.isOpen(this.mark)) {
            this.mark = null;
        }
        this.markMayBeGone = false;
        return this.mark;
    }

    private void enter(GovernedAction action) throws SQLException {
        if (this.doom != null) {
            throw new SQLException("The transaction will be rolled back: " + this.doom.getMessage(), this.doom);
        }
        Mark known = confirmed();
        if (known != null && known.isFor(action)) {
            return;
        }
        if (known != null) {
            leave(known, null);
        }
        Mark mark = this.capture.enter(action);
        this.mark = mark;
        action.beforeEnd(() -> actionEnds(mark));
    }

    /** The action ends inside a transaction that goes on: what it did is its own, and what follows is not. */
    private void actionEnds(Mark ended) {
        if (this.mark != ended) {
            return;
        }
        try {
            Mark mark = confirmed();
            if (mark != null) {
                leave(mark, null);
            }
        } catch (SQLException ex) {
            this.doom = new IllegalStateException(
                    "What action " + ended.action().name() + " changed could not be captured", ex);
            logger.error("What action " + ended.action().name() + " changed in " + this.database
                    + " could not be captured; its transaction will be rolled back");
            logger.debug("Leaving a transaction failed", ex);
        } catch (RuntimeException ex) {
            this.doom = ex;
        }
    }

    /**
     * Takes the mark off and records what was captured.
     *
     * @param commit ends the transaction, or {@code null} when somebody else will
     */
    private void leave(Mark mark, @Nullable Commit commit) throws SQLException {
        this.mark = null;
        CapturedRows captured = this.capture.leave(mark, commit != null);
        if (captured.isEmpty()) {
            if (commit != null) {
                commit.run();
            }
            return;
        }
        if (mark.action().reversibility() == Reversibility.READ_ONLY) {
            throw new SQLException("Action " + mark.action().name() + " says that it only reads, and wrote to "
                    + captured.tables() + ". Let it say what it does.");
        }
        if (!captured.unprotected().isEmpty() && this.unprotected == UnprotectedWrite.REFUSE) {
            throw new SQLException("A governed action wrote to " + String.join(", ", captured.unprotected())
                    + ", which is not protected, so it could not be taken back. Add it to enact.postgres.protect, or set"
                    + " enact.postgres.unprotected-write to record.");
        }
        ChangeStep step = new ChangeStep(this.database, mark, captured, commit);
        this.steps.perform(step);
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
