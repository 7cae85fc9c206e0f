package cloud.enact.faults;

import cloud.enact.Enact;
import cloud.enact.EnactAction;
import cloud.enact.action.Actor;
import cloud.enact.action.Reversibility;
import cloud.enact.connector.filesystem.FilesystemConnector;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A JVM that is made to die: an application with the embedded store and the filesystem connector whose threads change
 * files, each in a directory of its own, and say so on standard output. It works until it is killed, until it halts at
 * the point it was given, or until its standard input ends.
 */
final class Worker {

    static final String SECRET = "a-secret-for-tests-that-is-long-enough";

    static final Actor ACTOR = new Actor("worker@example.org", Set.of(), Map.of(), null, null, "test");

    private Worker() {}

    static Path files(Path folder) {
        return folder.resolve("files");
    }

    static Path store(Path folder) {
        return folder.resolve("data").resolve("enact.db");
    }

    static Path blobs(Path folder) {
        return folder.resolve("data").resolve("undo");
    }

    /**
     * Works.
     *
     * @param args folder, what its directories' names begin with, number of threads, seed, where to halt or
     *     {@code nowhere}
     */
    public static void main(String[] args) throws Exception {
        FileOutputStream out = Report.standardOutput();
        Path folder = Path.of(args[0]);
        Enact enact = start(folder, new FaultyBeans(out, args[4])).getBean(Enact.class);
        AtomicBoolean stopping = new AtomicBoolean();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(args[2]); i++) {
            Random random = new Random(Long.parseLong(args[3]) * 31 + i);
            Hand hand = new Hand(enact, files(folder), args[1] + i, random, out, stopping);
            threads.add(new Thread(hand, args[1] + i));
        }
        threads.forEach(Thread::start);
        while (System.in.read() >= 0) {
            // nothing is sent: whoever started this closes the pipe to end it
        }
        stopping.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        System.exit(0);
    }

    /** Starts the next application, which nothing befalls. */
    static ConfigurableApplicationContext start(Path folder) {
        return start(folder, new BeanPostProcessor() {});
    }

    private static ConfigurableApplicationContext start(Path folder, BeanPostProcessor faults) {
        return new ChildApplication(Application.class)
                .withManyCheckpoints()
                .with(
                        "enact.receipts.file=" + store(folder),
                        "enact.filesystem.root=" + files(folder),
                        "enact.filesystem.operations=write_file,append_file,move_file,delete_file,delete_dir",
                        "enact.policies[0].policy=filesystem.block-extensions",
                        "enact.policies[0].with.extensions=.pem")
                .befallenBy(faults)
                .start();
    }

    @Configuration(proxyBeanMethods = false)
    @ChildApplication.WithStarter
    static class Application {

        @Bean
        Chores chores(FilesystemConnector files) {
            return new Chores(files);
        }
    }

    /** A governed action of several steps. */
    static class Chores {

        private final FilesystemConnector files;

        Chores(FilesystemConnector files) {
            this.files = files;
        }

        @EnactAction(value = "chores.work", reversibility = Reversibility.REVERSIBLE)
        public void work(List<List<String>> steps) {
            for (List<String> step : steps) {
                switch (step.get(0)) {
                    case "write_file" -> this.files.writeFile(step.get(1), step.get(2));
                    case "append_file" -> this.files.appendFile(step.get(1), step.get(2));
                    case "move_file" -> this.files.moveFile(step.get(1), step.get(2));
                    case "delete_file" -> this.files.deleteFile(step.get(1));
                    case "delete_dir" -> this.files.deleteDir(step.get(1));
                    default -> throw new IllegalArgumentException(step.get(0));
                }
            }
        }
    }
}
