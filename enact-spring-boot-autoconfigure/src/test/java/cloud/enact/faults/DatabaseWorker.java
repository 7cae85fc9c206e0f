package cloud.enact.faults;

import cloud.enact.Enact;
import cloud.enact.autoconfigure.EnactAnchorAutoConfiguration;
import cloud.enact.autoconfigure.EnactAutoConfiguration;
import cloud.enact.autoconfigure.EnactFilesystemAutoConfiguration;
import cloud.enact.autoconfigure.EnactJdbcReceiptAutoConfiguration;
import cloud.enact.autoconfigure.EnactPolicyAutoConfiguration;
import cloud.enact.autoconfigure.EnactPostgresAutoConfiguration;
import cloud.enact.autoconfigure.EnactReceiptAutoConfiguration;
import cloud.enact.autoconfigure.EnactRecoveryAutoConfiguration;
import cloud.enact.autoconfigure.EnactRollbackAutoConfiguration;
import cloud.enact.connector.filesystem.FilesystemConnector;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptStoreException;
import com.zaxxer.hikari.HikariDataSource;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A JVM that is made to die, and whose database is: an application that keeps its receipts in PostgreSQL, and changes
 * files and rows. A thread whose database went away leaves what it did as it is, and goes on with something else once
 * the database is back. It works until it is killed.
 */
final class DatabaseWorker {

    /** What the names of directories of files begin with; an owner of rows is a number. */
    static final String FILES = "t";

    /** Threads that change files, and as many that change rows. */
    static final int THREADS = 2;

    private DatabaseWorker() {}

    /**
     * Works.
     *
     * @param args folder, address of the database, seed
     */
    public static void main(String[] args) {
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        // what anybody logs must not get between the lines that are read
        System.setOut(System.err);
        Path folder = Path.of(args[0]);
        ConfigurableApplicationContext context = start(folder, args[1], new FaultyBeans(out, FaultyBeans.NOWHERE));
        Enact enact = context.getBean(Enact.class);
        for (int thread = 0; thread < THREADS; thread++) {
            int number = thread;
            Random random = new Random(Long.parseLong(args[2]) * 31 + thread);
            Thread files = new Thread(() -> live(context, out, life -> {
                String directory = FILES + number + "-" + life;
                new Hand(enact, Worker.files(folder), directory, random, out, new AtomicBoolean()).goOn();
            }));
            files.start();
            Random other = new Random(random.nextLong());
            Thread rows = new Thread(() -> live(context, out, life -> {
                int owner = life * THREADS + number;
                new RowHand(enact, context.getBean(JdbcTemplate.class), owner, other, out).goOn();
            }));
            rows.start();
        }
    }

    private static void live(ConfigurableApplicationContext context, FileOutputStream out, Life life) {
        for (int i = 0; ; i++) {
            try {
                life.live(i);
            } catch (Throwable ex) { // whatever it is, the test says whether it may happen
                ex.printStackTrace();
                Report.write(out, Report.BROKEN, String.valueOf(ex).replaceAll("\\s+", "_"));
            }
            awaitStore(context.getBean(ReceiptStore.class));
        }
    }

    private static void awaitStore(ReceiptStore store) {
        boolean back = false;
        while (!back) {
            try {
                store.logs();
                back = true;
            } catch (ReceiptStoreException ex) {
                LockSupport.parkNanos(20_000_000);
            }
        }
    }

    private interface Life {

        void live(int number) throws Exception;
    }

    /** Starts the next application, which nothing befalls. */
    static ConfigurableApplicationContext start(Path folder, String url) {
        return start(folder, url, new BeanPostProcessor() {});
    }

    private static ConfigurableApplicationContext start(Path folder, String url, BeanPostProcessor faults) {
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .initializers(context -> context.getBeanFactory().addBeanPostProcessor(faults))
                .properties(
                        "enact.signing.secret=" + Worker.SECRET,
                        "enact.receipts.store=jdbc",
                        "enact.receipts.jdbc.initialize-schema=always",
                        "enact.receipts.jdbc.lease=3s",
                        "enact.receipts.file=" + Worker.store(folder),
                        // often, so that many a death is in the middle of one
                        "enact.receipts.checkpoints.entries=20",
                        "enact.receipts.checkpoints.interval=100ms",
                        "enact.recovery.startup=off",
                        "enact.filesystem.root=" + Worker.files(folder),
                        "enact.filesystem.operations=write_file,append_file,move_file,delete_file,delete_dir",
                        "enact.postgres.protect=public.*",
                        "enact.postgres.capture-schema=create",
                        "test.url=" + url)
                .run();
    }

    /** What the starter brings along, without the rest of the tests' class path. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        ToolCallingAutoConfiguration.class,
        EnactAutoConfiguration.class,
        EnactPolicyAutoConfiguration.class,
        EnactJdbcReceiptAutoConfiguration.class,
        EnactReceiptAutoConfiguration.class,
        EnactAnchorAutoConfiguration.class,
        EnactPostgresAutoConfiguration.class,
        EnactRollbackAutoConfiguration.class,
        EnactRecoveryAutoConfiguration.class,
        EnactFilesystemAutoConfiguration.class
    })
    static class Application {

        @Bean
        HikariDataSource dataSource(Environment environment) {
            HikariDataSource dataSource = new HikariDataSource();
            dataSource.setJdbcUrl(environment.getRequiredProperty("test.url"));
            dataSource.setMaximumPoolSize(4);
            dataSource.setConnectionTimeout(1000);
            return dataSource;
        }

        @Bean
        JdbcTemplate jdbcTemplate(HikariDataSource dataSource) {
            return new JdbcTemplate(dataSource);
        }

        @Bean
        RowWorker.Bookkeeper bookkeeper(JdbcTemplate jdbc, HikariDataSource dataSource) {
            return new RowWorker.Bookkeeper(jdbc, new TransactionTemplate(new JdbcTransactionManager(dataSource)));
        }

        @Bean
        Worker.Chores chores(FilesystemConnector files) {
            return new Worker.Chores(files);
        }
    }
}
