package cloud.enact.docs;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.Enact;
import cloud.enact.EnactAction;
import cloud.enact.action.Actor;
import cloud.enact.action.RunId;
import cloud.enact.approval.ApprovalService;
import cloud.enact.approval.Approver;
import cloud.enact.connector.filesystem.FilesystemConnector;
import cloud.enact.event.CallBlocked;
import cloud.enact.observation.GateObservation;
import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** {@code docs/observability.md} lists the meters, keys and events that there are, and no others. */
class ObservabilityPageTests {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([\\w.]+)` \\|([^|]*)\\|");

    private static final Pattern NAME = Pattern.compile("`([\\w.]+)`");

    @TempDir
    private Path directory;

    @Test
    void thePageListsTheMetersOfAnApplicationWithTheirTags() throws IOException {
        Path root = Files.createDirectories(this.directory.resolve("work"));
        new ApplicationContextRunner()
                .withUserConfiguration(Application.class)
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withPropertyValues(
                        "enact.signing.secret=a-secret-for-tests-that-is-long-enough",
                        "enact.receipts.file=" + this.directory.resolve("enact.db"),
                        "enact.receipts.search.enabled=true",
                        "enact.undo.directory=" + this.directory.resolve("undo"),
                        "enact.filesystem.root=" + root,
                        "enact.filesystem.operations=write_file",
                        "enact.rollback.enabled=true",
                        "enact.approval.enabled=true",
                        "enact.policies[0].name=look-at-it",
                        "enact.policies[0].ask=args.text == 'secret'",
                        "enact.policies[0].on=notes.write")
                .run(context -> {
                    Enact enact = context.getBean(Enact.class);
                    RunId run = enact.run("notes.write", Actor.of("a"), Map.of("text", "hello"))
                            .runId();
                    enact.rollback(run);
                    enact.run("notes.write", Actor.of("a"), Map.of("text", "secret"));
                    ApprovalService approvals = context.getBean(ApprovalService.class);
                    approvals.answer(
                            approvals.findOpen(null, 1).get(0).id(), new Approver("b", Set.of(), "test"), false, null);

                    assertThat(tags(context.getBean(MeterRegistry.class))).isEqualTo(documentedMeters());
                });
    }

    private static Map<String, Set<String>> tags(MeterRegistry registry) {
        Map<String, Set<String>> tags = new TreeMap<>();
        for (Meter meter : registry.getMeters()) {
            if (meter.getId().getName().startsWith("enact.")) {
                tags.computeIfAbsent(meter.getId().getName(), name -> new TreeSet<>())
                        .addAll(meter.getId().getTags().stream()
                                .map(Tag::getKey)
                                .toList());
            }
        }
        return tags;
    }

    private static Map<String, Set<String>> documentedMeters() throws IOException {
        Map<String, Set<String>> tags = new TreeMap<>();
        Matcher rows = ROW.matcher(section("## Meters"));
        while (rows.find()) {
            tags.put(
                    rows.group(1),
                    NAME.matcher(rows.group(2))
                            .results()
                            .map(name -> name.group(1))
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
        return tags;
    }

    @Test
    void thePageListsTheKeysOfTheObservation() throws IOException {
        Set<String> keys = Stream.concat(
                        Arrays.stream(GateObservation.GATE.getLowCardinalityKeyNames()),
                        Arrays.stream(GateObservation.GATE.getHighCardinalityKeyNames()))
                .map(KeyName::asString)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(first(section("## Observations and spans"))).isEqualTo(keys);
    }

    @Test
    void thePageListsTheEvents() throws IOException {
        try (Stream<Path> files =
                Files.list(DocsFolder.page("../enact-spring-boot-autoconfigure/src/main/java/cloud/enact/event"))) {
            Set<String> events = files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .filter(name -> !name.equals("package-info"))
                    .collect(Collectors.toCollection(TreeSet::new));

            assertThat(first(section("## Events"))).isEqualTo(events).contains(CallBlocked.class.getSimpleName());
        }
    }

    private static Set<String> first(String section) {
        return ROW.matcher(section).results().map(row -> row.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String section(String heading) throws IOException {
        String page = DocsFolder.read("observability.md");
        int start = page.indexOf(heading);
        return page.substring(start, page.indexOf("\n## ", start + 1));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Notes notes(FilesystemConnector files) {
            return new Notes(files);
        }
    }

    static class Notes {

        private final FilesystemConnector files;

        Notes(FilesystemConnector files) {
            this.files = files;
        }

        @EnactAction("notes.write")
        public void write(String text) {
            this.files.writeFile("note.txt", text);
        }
    }
}
