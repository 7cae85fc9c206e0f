package cloud.enact.receipt.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Connections that lose an answer, or stop taking changes, when a test says so. */
final class LossyDataSource extends DelegatingDataSource {

    private volatile boolean losing;

    private volatile boolean readOnly;

    LossyDataSource(DataSource target) {
        super(target);
    }

    /** The next append reaches the server and is committed there, and its answer does not come back. */
    void loseNextAnswer() {
        this.losing = true;
    }

    /** As a server that became a standby. */
    void becomeReadOnly() {
        this.readOnly = true;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection target = super.getConnection();
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, args) -> {
                    if (method.getName().equals("prepareStatement") && this.readOnly) {
                        try (Statement statement = target.createStatement()) {
                            statement.execute("SET transaction_read_only = on; SET default_transaction_read_only = on");
                        }
                    }
                    try {
                        Object result = method.invoke(target, args);
                        boolean append =
                                result instanceof PreparedStatement && ((String) args[0]).contains("receipt_append");
                        return append ? lossy(target, (PreparedStatement) result) : result;
                    } catch (InvocationTargetException ex) {
                        throw ex.getCause();
                    }
                });
    }

    private PreparedStatement lossy(Connection connection, PreparedStatement target) {
        return (PreparedStatement) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {PreparedStatement.class}, (proxy, method, args) -> {
                    try {
                        Object result = method.invoke(target, args);
                        if (method.getName().equals("execute") && this.losing) {
                            this.losing = false;
                            connection.close();
                            throw new SQLException("An I/O error occurred while reading the answer", "08006");
                        }
                        return result;
                    } catch (InvocationTargetException ex) {
                        throw ex.getCause();
                    }
                });
    }
}
