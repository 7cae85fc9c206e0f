package cloud.enact.connector.postgres;

import cloud.enact.undo.GovernedActions;
import cloud.enact.undo.StepExecutor;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.sql.Connection;
import java.util.LinkedHashSet;
import java.util.Set;

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
                new Class<?>[] {Connection.class, Guarded.class, OwnTransaction.class},
                new GuardedConnection(connection, transactions));
    }

    /** The interfaces of {@code java.sql} that an object has. */
    static Class<?>[] sqlInterfaces(Object delegate) {
        Set<Class<?>> found = new LinkedHashSet<>();
        for (Class<?> type = delegate.getClass(); type != null; type = type.getSuperclass()) {
            collect(type.getInterfaces(), found);
        }
        return found.toArray(new Class<?>[0]);
    }

    private static void collect(Class<?>[] types, Set<Class<?>> found) {
        for (Class<?> type : types) {
            if (type.getName().startsWith("java.sql.")) {
                found.add(type);
            }
            collect(type.getInterfaces(), found);
        }
    }

    /** Marks connections behind a guard. */
    public interface Guarded {}
}
