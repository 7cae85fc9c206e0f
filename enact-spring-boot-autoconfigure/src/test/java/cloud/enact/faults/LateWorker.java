package cloud.enact.faults;

import cloud.enact.EnactAction;
import cloud.enact.connector.filesystem.FilesystemConnector;
import com.zaxxer.hikari.HikariDataSource;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A JVM that stands still in the middle of an action for longer than its log is leased, and then goes on. */
final class LateWorker {

    /** The action is in the middle of its transaction. */
    static final String MIDWAY = "MIDWAY";

    /** Something of it was refused: what. */
    static final String REFUSED = "REFUSED";

    /** Something of it took effect: what. */
    static final String DID = "DID";

    private LateWorker() {}

    /**
     * Works.
     *
     * @param args folder, address of the database
     */
    public static void main(String[] args) {
        FileOutputStream out = Report.standardOutput();
        Traveller traveller = start(Path.of(args[0]), args[1]).getBean(Traveller.class);
        traveller.travel(out);
        Traveller.attempt(out, "next", traveller::rest);
        Report.write(out, Report.DONE);
        System.exit(0);
    }

    static ConfigurableApplicationContext start(Path folder, String url) {
        return new ChildApplication(Application.class)
                .sharing(url, "1s")
                .with(
                        "enact.receipts.file=" + Worker.store(folder),
                        "enact.filesystem.root=" + Worker.files(folder),
                        "enact.filesystem.operations=write_file",
                        "enact.postgres.protect=public.*",
                        "enact.postgres.capture-schema=create")
                .start();
    }

    @Configuration(proxyBeanMethods = false)
    @ChildApplication.WithStarter
    @Import(ChildApplication.Database.class)
    static class Application {

        @Bean
        Traveller traveller(HikariDataSource dataSource, FilesystemConnector files) {
            return new Traveller(
                    new JdbcTemplate(dataSource),
                    new TransactionTemplate(new JdbcTransactionManager(dataSource)),
                    files);
        }
    }

    /** A governed action that takes its time. */
    static class Traveller {

        private final JdbcTemplate jdbc;

        private final TransactionTemplate transaction;

        private final FilesystemConnector files;

        Traveller(JdbcTemplate jdbc, TransactionTemplate transaction, FilesystemConnector files) {
            this.jdbc = jdbc;
            this.transaction = transaction;
            this.files = files;
        }

        @EnactAction("travel.far")
        public void travel(FileOutputStream out) {
            attempt(
                    out,
                    "rows",
                    () -> this.transaction.executeWithoutResult(status -> {
                        this.jdbc.update("UPDATE ticket SET state = 'late'");
                        Report.write(out, MIDWAY);
                        awaitWord();
                    }));
            attempt(out, "file", () -> this.files.writeFile("late.txt", "late"));
        }

        @EnactAction("travel.rest")
        public void rest() {}

        static void attempt(FileOutputStream out, String what, Runnable work) {
            try {
                work.run();
                Report.write(out, DID, what);
            } catch (RuntimeException ex) {
                Report.write(out, REFUSED, what);
            }
        }

        private static void awaitWord() {
            try {
                if (System.in.read() < 0) {
                    throw new IllegalStateException("Nobody says when to go on");
                }
            } catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }
    }
}
