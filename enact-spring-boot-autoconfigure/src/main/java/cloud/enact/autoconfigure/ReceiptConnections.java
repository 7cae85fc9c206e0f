package cloud.enact.autoconfigure;

import cloud.enact.gate.EnactStartupException;
import cloud.enact.jdbc.Failures;
import cloud.enact.receipt.jdbc.JdbcReceiptOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.jdbc.DataSourceBuilder;

/** Ways to the database of the receipts that pass by the pool, the transactions and the guards of the application. */
final class ReceiptConnections {

    private static final Log logger = LogFactory.getLog(ReceiptConnections.class);

    private static final int LOGIN_SECONDS = 5;

    private static final Duration LONGEST = Duration.ofMinutes(11);

    private final DataSource application;

    private final Duration timeout;

    ReceiptConnections(DataSource application, JdbcReceiptOptions options) {
        this.application = application;
        this.timeout = options.timeout().plusSeconds(2);
    }

    /**
     * Connections to where the data source of the application leads, with its user.
     *
     * @return {@code null} when they can't be opened past it: it keeps its settings to itself, or a part of them
     */
    @Nullable
    DataSource direct() {
        PGSimpleDataSource direct = derived();
        if (direct != null && direct.getUser() != null && isOpening(direct)) {
            return direct;
        }
        requirePostgres();
        return null;
    }

    /** Connections of the role that owns the tables, for work that takes its time. */
    DataSource owner(EnactProperties.Owner owner) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        if (owner.username() != null) {
            source.setURL((owner.url() != null) ? owner.url() : url());
            source.setUser(owner.username());
            source.setPassword((owner.password() != null) ? owner.password() : "");
        } else if (direct() instanceof PGSimpleDataSource direct) {
            source = direct;
        } else {
            return this.application;
        }
        bounded(source).setSocketTimeout(Math.toIntExact(LONGEST.toSeconds()));
        return source;
    }

    /** The role the application logs in as. */
    String user() {
        try (Connection connection = this.application.getConnection()) {
            return connection.getMetaData().getUserName();
        } catch (SQLException ex) {
            throw unreachable(ex);
        }
    }

    private String url() {
        try (Connection connection = this.application.getConnection()) {
            return connection.getMetaData().getURL();
        } catch (SQLException ex) {
            throw unreachable(ex);
        }
    }

    private @Nullable PGSimpleDataSource derived() {
        try {
            PGSimpleDataSource source = DataSourceBuilder.derivedFrom(this.application)
                    .type(PGSimpleDataSource.class)
                    .build();
            return bounded(source);
        } catch (RuntimeException ex) {
            // a data source of a kind that says nothing of where it leads
            return null;
        }
    }

    private PGSimpleDataSource bounded(PGSimpleDataSource source) {
        source.setLoginTimeout(LOGIN_SECONDS);
        source.setConnectTimeout(LOGIN_SECONDS);
        source.setSocketTimeout(Math.toIntExact(this.timeout.toSeconds()));
        source.setTcpKeepAlive(true);
        source.setApplicationName("enact-receipts");
        // a row that is refused would be quoted
        source.setLogServerErrorDetail(false);
        return source;
    }

    /** It may need what only the pool was told, such as a socket factory. */
    private static boolean isOpening(DataSource direct) {
        try (Connection connection = direct.getConnection()) {
            return connection.isValid(LOGIN_SECONDS);
        } catch (SQLException ex) {
            logger.debug("No connection past the data source", ex);
            return false;
        }
    }

    private void requirePostgres() {
        try (Connection connection = this.application.getConnection()) {
            if (!connection.isWrapperFor(PGConnection.class)) {
                throw new EnactStartupException(
                        "The data source for receipts leads to no PostgreSQL.",
                        "Declare one that does, annotated with @EnactDataSource, or set enact.receipts.store=embedded.");
            }
        } catch (SQLException ex) {
            throw unreachable(ex);
        }
    }

    private static EnactStartupException unreachable(SQLException cause) {
        String state = Failures.state(cause);
        if (state.equals("3D000")) {
            return new EnactStartupException(
                    "The server for receipts has no database of the name in the URL.",
                    "Create the database, or correct the URL of the data source.",
                    cause);
        }
        if (state.startsWith("28")) {
            return new EnactStartupException(
                    "The server for receipts does not let this role in (SQL state " + state + ").",
                    "See that user and password of the data source are right, and that pg_hba.conf of the server lets"
                            + " them in.",
                    cause);
        }
        if (state.isEmpty()) {
            return new EnactStartupException(
                    "The data source for receipts gives no connection, and does not say why.",
                    "See that the server runs, that address, user and password are right, and that its pool is large"
                            + " enough to lend connections for good: docs/receipts-postgresql.md says how many.",
                    cause);
        }
        return new EnactStartupException(
                "The database for receipts can't be reached (SQL state " + state + ").",
                "See that the server runs, and that address, user and password are right.",
                cause);
    }
}
