package cloud.enact.connector.postgres;

import cloud.enact.undo.GovernedActions;
import cloud.enact.undo.StepExecutor;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.sql.Connection;

/**
 * Puts itself around connections, so that what governed actions change through them is captured in the database, in
 * the same transaction. Outside of governed actions a connection behaves as ever. Thread-safe.
 */
public final class ConnectionGuard {

    private final GuardSettings settings;

    private final GovernedActions actions;

    private final StepExecutor steps;

    private final SecureRandom random = new SecureRandom();

    /**
     * Creates a guard.
     *
     * @param settings what it needs to know
     * @param actions knows who is at work
     * @param steps judges and records what a transaction changed, before it is committed
     */
    public ConnectionGuard(GuardSettings settings, GovernedActions actions, StepExecutor steps) {
        this.settings = settings;
        this.actions = actions;
        this.steps = steps;
    }

    /** Returns the connection behind the guard; closing it closes the one given. */
    public Connection guard(Connection connection) {
        GuardedTransactions transactions =
                new GuardedTransactions(connection, this.settings, this.actions, this.steps, this.random);
        return (Connection) Proxy.newProxyInstance(
                ConnectionGuard.class.getClassLoader(),
                new Class<?>[] {Connection.class, Guarded.class, GuardedTransaction.class},
                new GuardedConnection(connection, transactions));
    }

    /** Marks connections behind a guard. */
    public interface Guarded {}
}
