package cloud.enact.faults;

import cloud.enact.Enact;
import cloud.enact.EnactAction;
import cloud.enact.OpenRun;
import cloud.enact.connector.filesystem.FilesystemConnector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * An application to be killed: workers change files through governed actions until somebody ends the process. Before
 * each action it prints {@code TRY worker run before after}, with digests of the worker's files, and
 * {@code ACK worker run} when the action has returned.
 */
final class CrashingWorkers {

    /** Secret that receipts are signed with. */
    static final String SECRET = "a-secret-for-crash-tests-that-is-long-enough";

    static final int WORKERS = 3;

    private CrashingWorkers() {}

    public static void main(String[] arguments) throws IOException {
        Path home = Path.of(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties(Map.of(
                        "spring.main.banner-mode",
                        "off",
                        "logging.level.root",
                        "ERROR",
                        "enact.signing.secret",
                        SECRET,
                        "enact.receipts.file",
                        home.resolve("data/enact.db").toString(),
                        "enact.filesystem.root",
                        home.resolve("root").toString(),
                        "enact.filesystem.operations",
                        "write_file,append_file,move_file,delete_file,delete_dir"))
                .run();
        Enact enact = context.getBean(Enact.class);
        Files desk = context.getBean(Files.class);
        for (int worker = 0; worker < WORKERS; worker++) {
            Worker task = new Worker(worker, home.resolve("root"), enact, desk, new Random(seed + worker));
            new Thread(task, "worker-" + worker).start();
        }
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Files files(FilesystemConnector connector) {
            return new Files(connector);
        }
    }

    /** What workers can do. */
    static class Files {

        private final FilesystemConnector files;

        Files(FilesystemConnector files) {
            this.files = files;
        }

        @EnactAction("desk.write")
        public void write(String path, String content) {
            this.files.writeFile(path, content);
        }

        @EnactAction("desk.append")
        public void append(String path, String content) {
            this.files.appendFile(path, content);
        }

        @EnactAction("desk.move")
        public void move(String from, String to) {
            this.files.moveFile(from, to);
        }

        @EnactAction("desk.delete")
        public void delete(String path) {
            this.files.deleteFile(path);
        }

        /** Several steps in one action. */
        @EnactAction("desk.replace_folder")
        public void replaceFolder(String folder, String content) {
            this.files.deleteDir(folder);
            this.files.writeFile(folder + "/one", content);
            this.files.writeFile(folder + "/two", content + "!");
        }
    }

    /** Changes its own files for ever. */
    private record Worker(int number, Path root, Enact enact, Files files, Random random) implements Runnable {

        private static final List<String> NAMES = List.of("a", "b", "c", "folder/x", "folder/y", "folder/deep/z");

        @Override
        public void run() {
            try {
                while (true) {
                    step();
                }
            } catch (IOException | RuntimeException ex) {
                say("BROKEN " + this.number + " " + ex);
            }
        }

        private void step() throws IOException {
            Path directory = this.root.resolve("w" + this.number);
            Desk desk = Desk.read(directory);
            String before = desk.digest();
            Runnable action = choose(desk);
            try (OpenRun run = this.enact.openRun("work")) {
                say("TRY " + this.number + " " + run.id() + " " + before + " " + desk.digest());
                action.run();
                say("ACK " + this.number + " " + run.id());
            }
        }

        /** Chooses an action, and changes the model as the action will change the files. */
        private Runnable choose(Desk desk) {
            Map<String, String> model = desk.files();
            List<String> present = new ArrayList<>(model.keySet());
            String name = NAMES.get(this.random.nextInt(NAMES.size()));
            String content = Long.toHexString(this.random.nextLong()).repeat(1 + this.random.nextInt(100));
            int choice = present.isEmpty() ? 0 : this.random.nextInt(5);
            String chosen = present.isEmpty() ? name : present.get(this.random.nextInt(present.size()));
            switch (choice) {
                case 1 -> {
                    model.merge(chosen, content, String::concat);
                    return () -> this.files.append(path(chosen), content);
                }
                case 2 -> {
                    if (model.containsKey(name)) {
                        model.remove(name);
                        return () -> this.files.delete(path(name));
                    }
                    model.put(name, model.remove(chosen));
                    return () -> this.files.move(path(chosen), path(name));
                }
                case 3 -> {
                    model.remove(chosen);
                    return () -> this.files.delete(path(chosen));
                }
                case 4 -> {
                    model.keySet().removeIf(path -> path.startsWith("folder/"));
                    model.put("folder/one", content);
                    model.put("folder/two", content + "!");
                    return () -> this.files.replaceFolder(path("folder"), content);
                }
                default -> {
                    model.put(name, content);
                    return () -> this.files.write(path(name), content);
                }
            }
        }

        private String path(String name) {
            return "w" + this.number + "/" + name;
        }
    }
}
