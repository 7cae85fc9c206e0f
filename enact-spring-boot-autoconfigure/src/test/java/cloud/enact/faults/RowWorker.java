package cloud.enact.faults;

import cloud.enact.Enact;
import cloud.enact.EnactAction;
import cloud.enact.action.Reversibility;
import com.zaxxer.hikari.HikariDataSource;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A JVM that is made to die: an application whose threads change rows, each those of an owner of its own, and say so
 * on standard output. It works until it is killed, or until its database is.
 */
final class RowWorker {

    private RowWorker() {}

    /**
     * Works.
     *
     * @param args folder, address of the database, number of threads, seed
     */
    public static void main(String[] args) {
        FileOutputStream out = Report.standardOutput();
        ConfigurableApplicationContext context = start(Path.of(args[0]), args[1]);
        for (int owner = 0; owner < Integer.parseInt(args[2]); owner++) {
            Random random = new Random(Long.parseLong(args[3]) * 31 + owner);
            RowHand hand =
                    new RowHand(context.getBean(Enact.class), context.getBean(JdbcTemplate.class), owner, random, out);
            new Thread(hand, "owner-" + owner).start();
        }
    }

    static ConfigurableApplicationContext start(Path folder, String url) {
        return new ChildApplication(Application.class)
                .with(
                        "enact.receipts.file=" + Worker.store(folder),
                        "enact.postgres.protect=public.*",
                        "enact.postgres.capture-schema=create",
                        "test.url=" + url,
                        "test.wait=1000")
                .start();
    }

    @Configuration(proxyBeanMethods = false)
    @ChildApplication.WithStarter
    @Import(RowWorker.Rows.class)
    static class Application {}

    /** A database, and what is governed in it. */
    @Configuration(proxyBeanMethods = false)
    @Import(ChildApplication.Database.class)
    static class Rows {

        @Bean
        JdbcTemplate jdbcTemplate(HikariDataSource dataSource) {
            return new JdbcTemplate(dataSource);
        }

        @Bean
        Bookkeeper bookkeeper(JdbcTemplate jdbc, HikariDataSource dataSource) {
            return new Bookkeeper(jdbc, new TransactionTemplate(new JdbcTransactionManager(dataSource)));
        }
    }

    /** A governed action of several transactions. */
    static class Bookkeeper {

        private final JdbcTemplate jdbc;

        private final TransactionTemplate transaction;

        Bookkeeper(JdbcTemplate jdbc, TransactionTemplate transaction) {
            this.jdbc = jdbc;
            this.transaction = transaction;
        }

        @EnactAction(value = "ledger.work", reversibility = Reversibility.REVERSIBLE)
        public void work(List<List<String>> transactions) {
            for (List<String> statements : transactions) {
                if (statements.size() == 1) {
                    this.jdbc.update(statements.get(0));
                } else {
                    this.transaction.executeWithoutResult(status -> statements.forEach(this.jdbc::update));
                }
            }
        }
    }
}
