package cloud.enact.receipt.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.Patience;
import cloud.enact.action.IdGenerator;
import cloud.enact.receipt.Drafts;
import cloud.enact.receipt.LogLease;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptSigner;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A lease that could not be renewed in time. */
class LapsedLeaseTests {

    @Test
    void whatBeganBeforeAGapIsNotCoveredByTheLeaseAfterIt() throws Exception {
        try (ReceiptDatabase database = new ReceiptDatabase()) {
            JdbcReceiptOptions options =
                    new JdbcReceiptOptions(database.options().schema(), Duration.ofSeconds(1), Duration.ofSeconds(20));
            DataSource source = database.dataSource();
            ReceiptSchema.initialize(source, options);
            try (JdbcReceiptStore store = JdbcReceiptStore.open(source, options);
                    Connection holder = database.connect();
                    Statement statement = holder.createStatement()) {
                LogLease lease = store.lease(IdGenerator.uuidV7(Clock.systemUTC()));
                long before = System.nanoTime();
                assertThat(lease.isHeldSince(before)).isTrue();

                // nobody renews a lease whose row somebody holds
                holder.setAutoCommit(false);
                statement.execute("SELECT log FROM receipt_log FOR UPDATE");
                Patience.awaiting("the end of the lease").until(() -> !lease.isHeldSince(before));
                holder.rollback();

                Patience.awaiting("a lease again").until(() -> lease.isHeldSince(System.nanoTime()));
                assertThat(lease.isHeldSince(before)).isFalse();
            }
        }
    }

    @Test
    void aDataSourceThatBreaksOnceIsNotTheEndOfRenewing() throws Exception {
        try (ReceiptDatabase database = new ReceiptDatabase()) {
            JdbcReceiptOptions options =
                    new JdbcReceiptOptions(database.options().schema(), Duration.ofSeconds(1), Duration.ofSeconds(20));
            ReceiptSchema.initialize(database.dataSource(), options);
            AtomicBoolean broken = new AtomicBoolean();
            AtomicInteger asked = new AtomicInteger();
            DataSource source = new DelegatingDataSource(database.dataSource()) {
                @Override
                public Connection getConnection() throws SQLException {
                    if (broken.get()) {
                        asked.incrementAndGet();
                        throw new IllegalStateException("the pool is being changed");
                    }
                    return super.getConnection();
                }
            };
            try (JdbcReceiptStore store = JdbcReceiptStore.open(source, options)) {
                LogLease lease = store.lease(IdGenerator.uuidV7(Clock.systemUTC()));
                broken.set(true);
                database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity" + " WHERE query LIKE '%"
                        + options.schema().name() + "%' AND pid <> pg_backend_pid()");
                Patience.awaiting("an attempt to renew").until(() -> asked.get() > 0);
                Patience.awaiting("the end of the lease").until(() -> !lease.isHeldSince(System.nanoTime()));
                broken.set(false);

                Patience.awaiting("a lease again").until(() -> lease.isHeldSince(System.nanoTime()));
            }
        }
    }

    @Test
    void anAppendRenewsTheLeaseAlsoWhereNothingElseGetsThrough() throws Exception {
        Duration duration = Duration.ofSeconds(3);
        try (ReceiptDatabase database = new ReceiptDatabase()) {
            JdbcReceiptOptions options =
                    new JdbcReceiptOptions(database.options().schema(), duration, Duration.ofSeconds(20));
            DataSource source = database.dataSource();
            ReceiptSchema.initialize(source, options);
            database.execute("CREATE OR REPLACE FUNCTION receipt_renew(p_log text, p_token bigint) RETURNS boolean"
                    + " LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not now'; END $$");
            try (JdbcReceiptStore store = JdbcReceiptStore.open(source, options)) {
                LogLease lease = store.lease(IdGenerator.uuidV7(Clock.systemUTC()));
                ReceiptLog log = ReceiptLog.direct(
                        lease.log(), store, ReceiptSigner.hs256(Drafts.SECRET), Masking.defaults(), Drafts.CLOCK);
                long before = System.nanoTime();

                Patience.awaiting("more time than one lease").until(() -> {
                    log.append(Drafts.decided(Drafts.run()));
                    return System.nanoTime() - before > duration.toNanos();
                });

                assertThat(lease.isHeldSince(before)).isTrue();
            }
        }
    }
}
