package cloud.enact.faults;

import cloud.enact.Enact;
import cloud.enact.EnactAction;
import cloud.enact.action.RunId;
import cloud.enact.connector.filesystem.FilesystemConnector;
import com.zaxxer.hikari.HikariDataSource;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * One of several application nodes that change the same files and rows, keep receipts and undo log in one PostgreSQL, and
 * share nothing else but a directory for captured content. As a process it brings one run to its end, and stands still in
 * the middle of the next one until it is killed.
 */
final class TravelNode {

    /** A run came to its end: its id. */
    static final String RAN = "RAN";

    /** The next one is between two of its steps. */
    static final String MIDWAY = "MIDWAY";

    private TravelNode() {}

    /**
     * Works.
     *
     * @param args folder, name of the node, address of the database
     */
    public static void main(String[] args) {
        FileOutputStream out = Report.standardOutput();
        Enact enact = start(Path.of(args[0]), args[1], args[2]).getBean(Enact.class);
        Report.write(out, RAN, travel(enact, "first", false).toString());
        travel(enact, "second", true);
    }

    private static void hang() {
        try {
            Thread.currentThread().join();
        } catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /**
     * Has an agent of the node go somewhere.
     *
     * @param stop whether it never arrives
     */
    static RunId travel(Enact enact, String where, boolean stop) {
        return enact.run("travel.far", Worker.ACTOR, Map.of("where", where, "stop", stop))
                .runId();
    }

    static ConfigurableApplicationContext start(Path folder, String node, String url, String... properties) {
        return new ChildApplication(Application.class)
                .sharing(url, "1s")
                .with(
                        "enact.receipts.file=" + folder.resolve(node).resolve("enact.db"),
                        "enact.undo.directory=" + folder.resolve("undo"),
                        "enact.filesystem.root=" + Worker.files(folder),
                        "enact.filesystem.operations=write_file,delete_file",
                        "enact.postgres.protect=public.*",
                        "enact.postgres.capture-schema=create")
                .with(properties)
                .start();
    }

    @Configuration(proxyBeanMethods = false)
    @ChildApplication.WithStarter
    @Import(ChildApplication.Database.class)
    static class Application {

        @Bean
        Traveller traveller(HikariDataSource dataSource, FilesystemConnector files) {
            return new Traveller(new JdbcTemplate(dataSource), files);
        }
    }

    /** A governed action of several steps, on files and rows. */
    static class Traveller {

        private final JdbcTemplate jdbc;

        private final FilesystemConnector files;

        Traveller(JdbcTemplate jdbc, FilesystemConnector files) {
            this.jdbc = jdbc;
            this.files = files;
        }

        @EnactAction("travel.far")
        public void travel(String where, boolean stop) {
            this.files.writeFile("ticket.txt", where);
            this.jdbc.update("UPDATE ticket SET state = ?", where);
            if (stop) {
                Report.write(new FileOutputStream(FileDescriptor.out), MIDWAY);
                hang();
            }
            this.files.deleteFile("passport.txt");
            this.files.writeFile("passport.txt", "stamped: " + where);
        }
    }
}
