package cloud.enact.faults;

import cloud.enact.Enact;
import cloud.enact.EnactAction;
import cloud.enact.receipt.ReceiptLog;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * One of several application nodes that keep their receipts in one PostgreSQL. It says which log it writes and what was
 * acknowledged, and works until it is killed or its standard input ends.
 */
final class NodeWorker {

    /** The node has started: id of its log. */
    static final String LOG = "LOG";

    static final String LEASE = "2s";

    private static final int THREADS = 3;

    private NodeWorker() {}

    /**
     * Works.
     *
     * @param args folder, name of the node, address of the database
     */
    public static void main(String[] args) throws Exception {
        FileOutputStream out = Report.standardOutput();
        try (ConfigurableApplicationContext context =
                start(Path.of(args[0]).resolve(args[1]), args[2], new FaultyBeans(out, FaultyBeans.NOWHERE))) {
            Report.write(out, LOG, context.getBean(ReceiptLog.class).id());
            AtomicBoolean stopping = new AtomicBoolean();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                threads.add(new Thread(() -> work(context.getBean(Enact.class), stopping), "hand-" + i));
            }
            threads.forEach(Thread::start);
            while (System.in.read() >= 0) {
                // nothing is sent: whoever started this closes the pipe to end it
            }
            stopping.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    private static void work(Enact enact, AtomicBoolean stopping) {
        while (!stopping.get()) {
            enact.run("lamp.on", Worker.ACTOR, Map.of());
        }
    }

    private static ConfigurableApplicationContext start(Path folder, String url, BeanPostProcessor faults) {
        return new ChildApplication(Application.class)
                .sharing(url, LEASE)
                .withManyCheckpoints()
                .with(
                        "enact.receipts.file=" + folder.resolve("enact.db"),
                        // of all nodes
                        "enact.receipts.checkpoints.sinks.file.path=" + folder.resolveSibling("checkpoints.txt"),
                        "test.pool=1")
                .befallenBy(faults)
                .start();
    }

    @Configuration(proxyBeanMethods = false)
    @ChildApplication.WithStarter
    @Import(ChildApplication.Database.class)
    static class Application {

        @Bean
        Lamp lamp() {
            return new Lamp();
        }
    }

    static class Lamp {

        @EnactAction("lamp.on")
        public void on() {}
    }
}
