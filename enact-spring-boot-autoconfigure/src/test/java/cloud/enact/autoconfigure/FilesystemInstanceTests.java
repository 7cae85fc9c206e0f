package cloud.enact.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.ActionResult;
import cloud.enact.Enact;
import cloud.enact.EnactAction;
import cloud.enact.action.Actor;
import cloud.enact.connector.filesystem.FilesystemConnector;
import cloud.enact.gate.EnactStartupException;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackResult;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.StepExecutor;
import cloud.enact.undo.StepRestoration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedDirectoryStreamException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Several filesystem connectors in one application. */
class FilesystemInstanceTests {

    @TempDir
    Path directory;

    @BeforeEach
    void makeRoots() throws IOException {
        for (String root : List.of("main", "main/inner", "reports", "drafts")) {
            Files.createDirectories(this.directory.resolve(root));
        }
    }

    @Test
    void eachWorksInItsOwnDirectoryAndOneRollbackUndoesAll() {
        application("root=main", "connectors.reports.root=reports", "connectors.drafts.root=drafts")
                .withPropertyValues(
                        "enact.filesystem.operations=write_file",
                        "enact.filesystem.connectors.reports.operations=write_file",
                        "enact.filesystem.connectors.drafts.operations=write_file")
                .withUserConfiguration(OfficeConfiguration.class)
                .run(context -> {
                    assertThat(context).hasNotFailed();

                    ActionResult outcome =
                            context.getBean(Enact.class).run("office.write", Actor.of("a"), Map.of("text", "x"));

                    assertThat(files()).containsExactlyInAnyOrder("main/a.txt", "reports/a.txt", "drafts/a.txt");
                    RollbackReport report = context.getBean(Enact.class).rollback(outcome.runId());
                    assertThat(report.result()).isEqualTo(RollbackResult.ROLLED_BACK);
                    assertThat(report.steps())
                            .extracting(StepRestoration::action)
                            .containsExactly(
                                    "filesystem.drafts.write_file",
                                    "filesystem.reports.write_file",
                                    "filesystem.write_file");
                    assertThat(files()).isEmpty();
                });
    }

    @Test
    void namesAreTheFirstPartOfTheirActions() {
        application("connectors.reports.root=reports", "connectors.filesystem.root=main")
                .withPropertyValues("enact.filesystem.connectors.reports.operations=write_file")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBeansOfType(FilesystemConnector.class).values())
                            .extracting(FilesystemConnector::name)
                            .containsExactlyInAnyOrder("filesystem", "filesystem.reports");
                    Enact enact = context.getBean(Enact.class);

                    ActionResult outcome = enact.run(
                            "filesystem.reports.write_file", Actor.of("a"), Map.of("path", "a.txt", "content", "x"));

                    assertThat(outcome.passed()).isTrue();
                    assertThat(files()).containsExactly("reports/a.txt");
                });
    }

    @Test
    void policiesForFilesKnowTheActionsOfAllOfThem() {
        application("connectors.reports.root=reports")
                .withPropertyValues(
                        "enact.filesystem.connectors.reports.operations=write_file,delete_file",
                        "enact.policies[0].policy=filesystem.dont-delete-file")
                .run(context -> {
                    Enact enact = context.getBean(Enact.class);
                    enact.run("filesystem.reports.write_file", Actor.of("a"), Map.of("path", "a.txt", "content", "x"));

                    enact.run("filesystem.reports.delete_file", Actor.of("a"), Map.of("path", "a.txt"));

                    assertThat(files()).containsExactly("reports/a.txt");
                });
    }

    @Test
    void nothingIsAllowedByDefault() {
        application("connectors.reports.root=reports")
                .run(context -> assertThat(
                                context.getBean(FilesystemConnector.class).operations())
                        .isEmpty());
    }

    @Test
    void aDirectoryInsideAnotherOnesIsRefused() {
        assertRefused(
                application("root=main", "connectors.reports.root=main/inner"),
                "overlap",
                "enact.filesystem.root",
                "enact.filesystem.connectors.reports.root");
        assertRefused(
                application("connectors.drafts.root=main/inner", "connectors.reports.root=main"),
                "overlap",
                "enact.filesystem.connectors.drafts.root",
                "enact.filesystem.connectors.reports.root");
    }

    @Test
    void theSameDirectoryByAnotherNameIsRefused() throws IOException {
        Files.createSymbolicLink(this.directory.resolve("alias"), this.directory.resolve("main"));

        assertRefused(application("root=main", "connectors.reports.root=alias/inner"), "overlap");
    }

    @Test
    void aConnectorWithoutDirectoryIsRefused() {
        assertRefused(
                application("connectors.reports.operations=write_file"),
                "'filesystem.reports' has no directory",
                "enact.filesystem.connectors.reports.root");
    }

    @Test
    void aConnectorWhoseKeyIsNoNameIsRefused() {
        assertRefused(
                application("connectors.Reports.root=reports"),
                "lower-case letters",
                "enact.filesystem.connectors.Reports");
    }

    @Test
    void twoConnectorsOfOneNameAreRefused() {
        assertRefused(
                application("root=main", "connectors.filesystem.root=reports"),
                "Two connectors have the name 'filesystem'",
                "'enactFilesystemConnector'",
                "'enactFilesystemConnector.filesystem'",
                "Rename one");
        assertRefused(
                application("connectors.reports.root=reports").withUserConfiguration(OwnConnector.class),
                "Two connectors have the name 'filesystem.reports'",
                "'own'");
    }

    @Test
    void allAreClosedWithTheApplication() {
        List<FilesystemConnector> connectors = new ArrayList<>();
        application("root=main", "connectors.reports.root=reports")
                .withPropertyValues(
                        "enact.filesystem.operations=list_dir",
                        "enact.filesystem.connectors.reports.operations=list_dir")
                .run(context -> connectors.addAll(
                        context.getBeansOfType(FilesystemConnector.class).values()));

        assertThat(connectors)
                .hasSize(2)
                .allSatisfy(connector -> assertThatThrownBy(() -> connector
                                .prepare("list_dir", Map.of("path", "."))
                                .apply(null))
                        .isInstanceOf(ClosedDirectoryStreamException.class));
    }

    private ApplicationContextRunner application(String... settings) {
        ApplicationContextRunner runner = new ApplicationContextRunner()
                .withUserConfiguration(Application.class)
                .withPropertyValues(
                        "enact.signing.secret=a-secret-for-tests-that-is-long-enough",
                        "enact.receipts.store=memory",
                        "test.drafts=" + this.directory.resolve("drafts"),
                        "enact.undo.directory=" + this.directory.resolve("undo"));
        for (String setting : settings) {
            String value = setting.contains(".root=") || setting.startsWith("root=")
                    ? setting.replaceFirst("=", "=" + this.directory + "/")
                    : setting;
            runner = runner.withPropertyValues("enact.filesystem." + value);
        }
        return runner;
    }

    private static void assertRefused(ApplicationContextRunner application, String... why) {
        application.run(context -> {
            assertThat(context).hasFailed();
            assertThat(startup(context.getStartupFailure())).contains(why);
        });
    }

    /** What the failure analysis prints. */
    private static String startup(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof EnactStartupException startup) {
                return startup.getDescription() + " " + startup.getAction();
            }
        }
        return String.valueOf(failure);
    }

    private List<String> files() {
        try (var all = Files.walk(this.directory)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> this.directory.relativize(file).toString())
                    .filter(file -> !file.contains(".enact") && !file.startsWith("undo"))
                    .toList();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    @Configuration(proxyBeanMethods = false)
    static class OfficeConfiguration {

        @Bean
        Office office(
                FilesystemConnector main,
                @Qualifier("filesystem.reports") FilesystemConnector first,
                @Qualifier("filesystem.drafts") FilesystemConnector second) {
            return new Office(List.of(main, first, second));
        }
    }

    static class Office {

        private final List<FilesystemConnector> connectors;

        Office(List<FilesystemConnector> connectors) {
            this.connectors = connectors;
        }

        @EnactAction("office.write")
        public void write(String text) {
            this.connectors.forEach(connector -> connector.writeFile("a.txt", text));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnConnector {

        @Bean
        FilesystemConnector own(StepExecutor steps, BlobStore blobs, Environment environment) throws IOException {
            return FilesystemConnector.root(Path.of(environment.getRequiredProperty("test.drafts")))
                    .name("filesystem.reports")
                    .build(steps, blobs);
        }
    }
}
