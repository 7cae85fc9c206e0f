package cloud.enact.connector.postgres;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows that were read; those that can be changed in place are changed within a watched transaction. */
final class GuardedRows implements InvocationHandler {

    private final ResultSet delegate;

    private final Statement statement;

    private final Statement unguarded;

    private final GuardedTransactions transactions;

    GuardedRows(ResultSet delegate, Statement statement, Statement unguarded, GuardedTransactions transactions) {
        this.delegate = delegate;
        this.statement = statement;
        this.unguarded = unguarded;
        this.transactions = transactions;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] args) throws Throwable {
        Object first = (args != null) ? args[0] : null;
        switch (method.getName()) {
            case "equals":
                return proxy == first;
            case "hashCode":
                return System.identityHashCode(proxy);
            case "getStatement":
                return this.statement;
            case "unwrap":
                if (((Class<?>) Objects.requireNonNull(first)).isInstance(proxy)) {
                    return proxy;
                }
                this.transactions.beforeUnseenWork();
                break;
            case "insertRow", "updateRow", "deleteRow":
                return this.transactions.execute(
                        this.unguarded, List.of(), () -> GuardedConnection.call(this.delegate, method, args));
            default:
                break;
        }
        return GuardedConnection.call(this.delegate, method, args);
    }
}
