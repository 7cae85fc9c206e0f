package cloud.enact.faults;

import cloud.enact.Enact;
import cloud.enact.Patience;
import cloud.enact.connector.filesystem.FilesystemConnector;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptStoreException;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

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
        FileOutputStream out = Report.standardOutput();
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
        Patience.awaiting("the store of receipts")
                .forever()
                .ignoreExceptionsInstanceOf(ReceiptStoreException.class)
                .until(() -> store.logs() != null);
    }

    private interface Life {

        void live(int number) throws Exception;
    }

    /** Starts the next application, which nothing befalls. */
    static ConfigurableApplicationContext start(Path folder, String url) {
        return start(folder, url, new BeanPostProcessor() {});
    }

    private static ConfigurableApplicationContext start(Path folder, String url, BeanPostProcessor faults) {
        return new ChildApplication(Application.class)
                .sharing(url, "3s")
                .withManyCheckpoints()
                .with(
                        "enact.receipts.file=" + Worker.store(folder),
                        "enact.filesystem.root=" + Worker.files(folder),
                        "enact.filesystem.operations=write_file,append_file,move_file,delete_file,delete_dir",
                        "enact.postgres.protect=public.*",
                        "enact.postgres.capture-schema=create",
                        "test.wait=1000")
                .befallenBy(faults)
                .start();
    }

    @Configuration(proxyBeanMethods = false)
    @ChildApplication.WithStarter
    @Import(RowWorker.Rows.class)
    static class Application {

        @Bean
        Worker.Chores chores(FilesystemConnector files) {
            return new Worker.Chores(files);
        }
    }
}
