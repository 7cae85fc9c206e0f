package cloud.enact.faults;

import cloud.enact.Enact;
import cloud.enact.EnactAction;
import cloud.enact.autoconfigure.EnactAnchorAutoConfiguration;
import cloud.enact.autoconfigure.EnactAutoConfiguration;
import cloud.enact.autoconfigure.EnactJdbcReceiptAutoConfiguration;
import cloud.enact.autoconfigure.EnactJdbcUndoAutoConfiguration;
import cloud.enact.autoconfigure.EnactPolicyAutoConfiguration;
import cloud.enact.autoconfigure.EnactReceiptAutoConfiguration;
import cloud.enact.autoconfigure.EnactRollbackAutoConfiguration;
import cloud.enact.receipt.ReceiptLog;
import com.zaxxer.hikari.HikariDataSource;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
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
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        // what anybody logs must not get between the lines that are read
        System.setOut(System.err);
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
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .initializers(context -> context.getBeanFactory().addBeanPostProcessor(faults))
                .properties(
                        "enact.signing.secret=" + Worker.SECRET,
                        "enact.receipts.store=jdbc",
                        "enact.receipts.jdbc.initialize-schema=always",
                        "enact.receipts.jdbc.lease=" + LEASE,
                        "enact.receipts.file=" + folder.resolve("enact.db"),
                        // of all nodes
                        "enact.receipts.checkpoints.sinks.file.path=" + folder.resolveSibling("checkpoints.txt"),
                        "enact.receipts.checkpoints.entries=20",
                        "enact.receipts.checkpoints.interval=100ms",
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
        EnactJdbcUndoAutoConfiguration.class,
        EnactReceiptAutoConfiguration.class,
        EnactAnchorAutoConfiguration.class,
        EnactRollbackAutoConfiguration.class
    })
    static class Application {

        @Bean
        HikariDataSource dataSource(Environment environment) {
            HikariDataSource dataSource = new HikariDataSource();
            dataSource.setJdbcUrl(environment.getRequiredProperty("test.url"));
            dataSource.setMaximumPoolSize(1);
            return dataSource;
        }

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
