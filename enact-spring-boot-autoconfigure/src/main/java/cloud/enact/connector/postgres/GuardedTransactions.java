package cloud.enact.connector.postgres;

import cloud.enact.action.Reversibility;
import cloud.enact.undo.FailureLog;
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
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * Follows the transactions of one connection. The first statement of a governed action marks the transaction, so that
 * the database captures what is changed from then on; before the transaction ends, or the action does, what was
 * captured is judged and recorded as a step of the action. For one connection, one thread at a time.
 */
final class GuardedTransactions implements GuardedTransaction {

    private static final FailureLog failures = new FailureLog(GuardedTransactions.class);

    private final Connection connection;

    private final GuardSettings settings;

    private final GovernedActions actions;

    private final StepExecutor steps;

    private final SecureRandom random;

    private @Nullable Mark mark;

    private final ReadOnlySeal seal;

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
        this.seal = new ReadOnlySeal(connection);
    }

    /** Runs a statement; with auto-commit on, in a transaction of its own. */
    @Nullable
    Object execute(Statement statement, List<String> texts, Execution execution) throws Throwable {
        GovernedAction action = this.actions.current();
        if (action == null) {
            return execution.run();
        }
        TransactionControl.refuseIn(texts, driver());
        if (!this.connection.getAutoCommit()) {
            enterUntilEnd(action);
            return execution.run();
        }
        return executeAlone(statement, action, execution);
    }

    /** Whether a governed action is at work on this thread. */
    boolean isGoverned() {
        return this.actions.current() != null;
    }

    /** Runs a statement in a transaction of its own; one of an action that changes nothing can't change anything. */
    private @Nullable Object executeAlone(Statement statement, GovernedAction action, Execution execution)
            throws Throwable {
        boolean readOnly = this.connection.isReadOnly() || action.reversibility() == Reversibility.READ_ONLY;
        try (OwnTransaction own = OwnTransaction.begin(this.connection, statement, readOnly)) {
            try {
                enter(action);
                Object result = execution.run();
                commit();
                return result;
            } catch (Throwable ex) {
                rollback(ex);
                throw ex;
            }
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
        enterUntilEnd(action);
    }

    void commit() throws SQLException {
        RuntimeException doom = this.doom;
        if (doom != null) {
            rollback(doom);
            throw doom;
        }
        try {
            leave(this.connection::commit);
        } catch (SQLException ex) {
            rollback(ex);
            throw ex;
        } catch (RuntimeException ex) {
            rollback(ex);
            if (ex.getCause() instanceof SQLException refused) {
                // whoever tries again after a deadlock, say, knows it by this
                throw refused;
            }
            throw ex;
        }
        forget();
    }

    void rollback() throws SQLException {
        forget();
        this.connection.rollback();
    }

    /** What was the matter is told, even where the connection is lost with it. */
    private void rollback(Throwable why) {
        try {
            rollback();
        } catch (SQLException ex) {
            why.addSuppressed(ex);
        }
    }

    /** What is not committed by now never will be. */
    void forget() {
        this.mark = null;
        this.doom = null;
        this.seal.lift();
        this.savepoints.clear();
    }

    /** A mark that was made behind the savepoint goes with the rest; one that was taken off there comes back. */
    void rollback(Savepoint savepoint) throws SQLException {
        this.connection.rollback(savepoint);
        this.mark = this.savepoints.get(savepoint);
        this.seal.lift();
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

    /** The transaction may go on when the action has ended. */
    private void enterUntilEnd(GovernedAction action) throws SQLException {
        Mark before = this.mark;
        enter(action);
        Mark made = this.mark;
        if (made != null && made != before) {
            action.beforeEnd(() -> ends(made));
        }
    }

    private void enter(GovernedAction action) throws SQLException {
        if (this.doom != null) {
            throw new SQLException("The transaction will be rolled back: " + this.doom.getMessage(), this.doom);
        }
        if (this.connection.isReadOnly() || this.seal.isPut()) {
            this.seal.put();
            return;
        }
        Mark known = this.mark;
        if (known != null && known.isFor(action)) {
            return;
        }
        leave(null);
        boolean fresh = isFresh();
        try {
            this.mark = Mark.on(this.connection, action, fresh, this.settings.database(), this.random);
        } catch (SQLException ex) {
            if (!fresh || !ReadOnlySeal.isReason(ex)) {
                throw ex;
            }
            // a server, or a role, that may only read
            this.connection.rollback();
            this.seal.put();
        }
    }

    private boolean isFresh() throws SQLException {
        return driver().getTransactionState() == TransactionState.IDLE;
    }

    private BaseConnection driver() throws SQLException {
        return this.connection.unwrap(BaseConnection.class);
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
            failures.error(
                    "What action " + ended.action().name() + " changed in " + this.settings.database()
                            + " could not be captured, so its transaction will be rolled back",
                    ex);
            this.doom = new IllegalStateException(
                    "What action " + ended.action().name() + " changed could not be captured", ex);
        } catch (RuntimeException ex) {
            this.doom = ex;
        }
    }

    private boolean isFailed() throws SQLException {
        return driver().getTransactionState() == TransactionState.FAILED;
    }

    /**
     * Takes the mark off, if there is one, and records what was captured.
     *
     * @param commit ends the transaction, or {@code null} when somebody else will
     */
    private void leave(@Nullable Commit commit) throws SQLException {
        Stretch ended = end(commit != null);
        if (ended != null && !ended.rows().isEmpty()) {
            this.steps.perform(
                    new ChangeStep(this.settings.database(), ended.marker(), ended.rows(), commit), ended.action());
        } else if (commit != null) {
            commit.run();
        }
    }

    @Override
    public @Nullable Stretch end() throws SQLException {
        return end(true);
    }

    private @Nullable Stretch end(boolean last) throws SQLException {
        Mark mark = this.mark;
        this.mark = null;
        if (mark == null) {
            return null;
        }
        CapturedTransaction transaction = mark.transaction();
        CapturedRows captured = CapturedRows.of(last ? transaction.finish() : transaction.leave());
        this.settings.require(mark.action(), captured);
        return new Stretch(mark.action(), mark.transaction().marker(), captured);
    }

    @Override
    public void commitEnded() throws SQLException {
        this.connection.commit();
        forget();
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
