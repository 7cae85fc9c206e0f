package cloud.enact.connector.postgres;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A connection whose transactions are watched. */
final class GuardedConnection implements InvocationHandler {

    private final Connection delegate;

    private final GuardedTransactions transactions;

    GuardedConnection(Connection delegate, GuardedTransactions transactions) {
        this.delegate = delegate;
        this.transactions = transactions;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] args) throws Throwable {
        if (method.getDeclaringClass() == GuardedTransaction.class) {
            return call(this.transactions, method, args);
        }
        Object first = (args != null) ? args[0] : null;
        switch (method.getName()) {
            case "equals":
                return proxy == first;
            case "hashCode":
                return System.identityHashCode(proxy);
            case "isWrapperFor":
                if (((Class<?>) Objects.requireNonNull(first)).isInstance(proxy)) {
                    return true;
                }
                break;
            case "unwrap":
                if (((Class<?>) Objects.requireNonNull(first)).isInstance(proxy)) {
                    return proxy;
                }
                this.transactions.beforeUnseenWork();
                break;
            case "commit":
                this.transactions.commit();
                return null;
            case "rollback":
                if (first instanceof Savepoint savepoint) {
                    this.transactions.rollback(savepoint);
                } else {
                    this.transactions.rollback();
                }
                return null;
            case "releaseSavepoint":
                this.transactions.released((Savepoint) Objects.requireNonNull(first));
                break;
            case "setAutoCommit":
                this.transactions.setAutoCommit((Boolean) Objects.requireNonNull(first));
                return null;
            case "close", "abort":
                this.transactions.forget();
                break;
            default:
                break;
        }
        Object result = call(this.delegate, method, args);
        if (result instanceof Savepoint savepoint) {
            this.transactions.made(savepoint);
        }
        if (result instanceof DatabaseMetaData metaData) {
            return guarded(metaData, proxy);
        }
        return (result instanceof Statement statement)
                ? guarded(statement, (Connection) proxy, sql(method, first))
                : result;
    }

    private static @Nullable String sql(Method method, @Nullable Object first) {
        return method.getName().startsWith("prepare") ? (String) first : null;
    }

    private Object guarded(Statement statement, Connection proxy, @Nullable String sql) {
        Class<?> type = Statement.class;
        if (statement instanceof CallableStatement) {
            type = CallableStatement.class;
        } else if (statement instanceof PreparedStatement) {
            type = PreparedStatement.class;
        }
        return proxy(type, new GuardedStatement(statement, proxy, sql, this.transactions));
    }

    private static Object guarded(DatabaseMetaData metaData, Object connection) {
        return proxy(
                DatabaseMetaData.class,
                (proxy, method, args) ->
                        method.getName().equals("getConnection") ? connection : call(metaData, method, args));
    }

    static Object proxy(Class<?> type, InvocationHandler handler) {
        return Proxy.newProxyInstance(GuardedConnection.class.getClassLoader(), new Class<?>[] {type}, handler);
    }

    static @Nullable Object call(Object target, Method method, @Nullable Object @Nullable [] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException ex) {
            throw ex.getTargetException();
        }
    }
}
