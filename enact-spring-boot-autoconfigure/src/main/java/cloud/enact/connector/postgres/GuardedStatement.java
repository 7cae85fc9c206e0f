package cloud.enact.connector.postgres;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A statement that runs only within a watched transaction. Not thread-safe, as statements are. */
final class GuardedStatement implements InvocationHandler {

    private final Statement delegate;

    private final Connection connection;

    /** What was prepared, or {@code null} for a plain statement. */
    private final @Nullable String prepared;

    private final GuardedTransactions transactions;

    private final List<String> batch = new ArrayList<>();

    GuardedStatement(
            Statement delegate, Connection connection, @Nullable String prepared, GuardedTransactions transactions) {
        this.delegate = delegate;
        this.connection = connection;
        this.prepared = prepared;
        this.transactions = transactions;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] args) throws Throwable {
        String name = method.getName();
        Object first = (args != null) ? args[0] : null;
        String text = (first instanceof String sql) ? sql : null;
        switch (name) {
            case "equals":
                return proxy == first;
            case "hashCode":
                return System.identityHashCode(proxy);
            case "getConnection":
                return this.connection;
            case "unwrap":
                if (((Class<?>) Objects.requireNonNull(first)).isInstance(proxy)) {
                    return proxy;
                }
                this.transactions.beforeUnseenWork();
                break;
            case "addBatch":
                if (text != null) {
                    this.batch.add(text);
                }
                break;
            case "clearBatch":
                this.batch.clear();
                break;
            default:
                break;
        }
        Object result = name.startsWith("execute")
                ? this.transactions.execute(
                        this.delegate,
                        statements(text, name.endsWith("Batch")),
                        () -> GuardedConnection.call(this.delegate, method, args))
                : GuardedConnection.call(this.delegate, method, args);
        return (result instanceof ResultSet rows) ? guarded(rows, (Statement) proxy) : result;
    }

    /** Reading of rows is not slowed down for those who are not governed. */
    private ResultSet guarded(ResultSet rows, Statement proxy) throws SQLException {
        if (!this.transactions.isGoverned() && rows.getConcurrency() != ResultSet.CONCUR_UPDATABLE) {
            return rows;
        }
        return (ResultSet) GuardedConnection.proxy(
                ResultSet.class, new GuardedRows(rows, proxy, this.delegate, this.transactions));
    }

    private List<String> statements(@Nullable String text, boolean ofBatch) {
        if (this.prepared != null) {
            return List.of(this.prepared);
        }
        if (!ofBatch) {
            return (text != null) ? List.of(text) : List.of();
        }
        List<String> statements = List.copyOf(this.batch);
        this.batch.clear();
        return statements;
    }
}
