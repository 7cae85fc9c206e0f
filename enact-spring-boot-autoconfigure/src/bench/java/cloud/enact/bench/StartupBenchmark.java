package cloud.enact.bench;

import cloud.enact.bench.receipts.GeneratedStores;
import cloud.enact.bench.startup.StartupApplication;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.util.FileSystemUtils;

/**
 * Starts one tiny application in JVMs of their own: without the starter, with it, with it and a million receipts in
 * the store, and with it and an expression to compile. One after the other in each iteration, so that a busy machine
 * is as busy for each of them.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2)
@Measurement(iterations = 11)
@Threads(1)
public class StartupBenchmark {

    /** Beginnings of jars that tests need and the application would not have. */
    private static final List<String> ONLY_FOR_TESTS =
            List.of(("actuator micrometer-metrics micrometer-core micrometer-jakarta HdrHistogram spring-boot-health"
                            + " mcp spring-ai-mcp spring-boot-starter-test spring-boot-test spring-test junit assertj"
                            + " mockito byte-buddy awaitility hamcrest json-path jsonassert xmlunit archunit jqwik jmh"
                            + " jopt commons-math opentest4j apiguardian web tomcat http servlet jpa hibernate"
                            + " spring-jdbc spring-boot-jdbc starter-jdbc spring-tx spring-orm spring-data persistence transaction h2-2 HikariCP security aspectj"
                            + " bcprov org.eclipse.jgit JavaEWAH spring-aspects jaxb json-smart accessors asm objenesis android-json xml.bind activation"
                            + " txw2 istack inject jboss-logging spring-boot-sql")
                    .split(" "));

    /** Beginnings of jars that come with the starter. */
    private static final List<String> WITH_THE_STARTER =
            List.of(("cel- common-0 compiler-0 protobuf runtime-0 v1alpha1 antlr4-runtime re2j guava failureaccess"
                            + " listenablefuture j2objc auto-value error_prone threeten sqlite-jdbc picocli")
                    .split(" "));

    /** Where the large store is kept for the next time. */
    private static final Path KEPT = Path.of("target", "bench", "listing");

    private static final long MILLION = 1_000_000;

    private static final String[] POLICIES = {
        "--enact.policies[0].policy=git.dont-push-to-main",
        "--enact.policies[1].policy=db.protect-tables",
        "--enact.policies[1].with.tables=users,audit_log",
        "--enact.policies[2].policy=filesystem.block-extensions",
        "--enact.policies[2].with.extensions=.env,.pem"
    };

    private static final String[] EXPRESSION = {
        "--enact.policies[3].name=no-first-customers",
        "--enact.policies[3].on=crm.delete_customer",
        "--enact.policies[3].block=args.id < 100",
        "--enact.policies[3].reason=The first hundred customers stay."
    };

    @Benchmark
    public void startApplications(Milliseconds ready) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("enact-startup");
        try {
            ready.without = start(classPath(false), List.of());
            List<String> arguments = new ArrayList<>(List.of(POLICIES));
            arguments.add("--enact.receipts.file=" + folder.resolve("enact.db"));
            ready.withStarter = start(classPath(true), arguments);
            List<String> large = new ArrayList<>(List.of(POLICIES));
            large.add("--enact.receipts.file=" + GeneratedStores.embedded(KEPT, MILLION));
            ready.withMillionReceipts = start(classPath(true), large);
            arguments.addAll(List.of(EXPRESSION));
            ready.withExpression = start(classPath(true), arguments);
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private static long start(String classPath, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                StartupApplication.class.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("ENACT_SECRET", "a-secret-for-benchmarks-that-is-long-enough");
        Process process = builder.start();
        StringBuilder output = new StringBuilder();
        long millis = -1;
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
                if (line.startsWith(StartupApplication.READY)) {
                    millis = Long.parseLong(line.substring(StartupApplication.READY.length()));
                }
            }
        }
        if (process.waitFor() != 0 || millis < 0) {
            throw new IllegalStateException("The application did not start:\n" + output);
        }
        return millis;
    }

    private static String classPath(boolean starter) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> isPart(Path.of(entry), starter))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean isPart(Path entry, boolean starter) {
        String name = entry.getFileName().toString();
        if (Files.isDirectory(entry)) {
            return starter || name.equals("test-classes");
        }
        return ONLY_FOR_TESTS.stream().noneMatch(name::contains)
                && (starter || WITH_THE_STARTER.stream().noneMatch(name::startsWith));
    }

    /** Milliseconds from the start of {@code SpringApplication.run} until it is ready. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Milliseconds {

        public long without;

        public long withStarter;

        public long withMillionReceipts;

        public long withExpression;
    }
}
