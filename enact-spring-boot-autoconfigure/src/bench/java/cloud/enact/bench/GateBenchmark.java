package cloud.enact.bench;

import cloud.enact.Enact;
import cloud.enact.action.Actor;
import cloud.enact.receipt.Receipt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * One governed call, receipts in memory, beside three yardsticks. The serial collector stops the measured thread for
 * every collection, so that the figures are those of one core.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-Xms2g", "-Xmx2g", "-Xmn512m"})
@Warmup(iterations = 10, time = 1)
@Measurement(iterations = 6, time = 1)
@Threads(1)
public class GateBenchmark {

    private static final Migration ASKED = Migration.TYPICAL;

    @Benchmark
    public String bareMethod(Bare bare) {
        return bare.releases.push(ASKED.repository(), ASKED.branch(), ASKED.path(), ASKED.sql(), ASKED.message());
    }

    @Benchmark
    public String preAuthorizeAndAuditEvent(Secured secured) {
        return secured.releases.push(ASKED.repository(), ASKED.branch(), ASKED.path(), ASKED.sql(), ASKED.message());
    }

    @Benchmark
    public int sortedJsonAndHmac(Floor floor) {
        return floor.json.signAll();
    }

    @Benchmark
    public String enactBeanMethod(Governed governed) {
        return governed.releases.push(ASKED.repository(), ASKED.branch(), ASKED.path(), ASKED.sql(), ASKED.message());
    }

    @Benchmark
    public Object enactRun(Governed governed) {
        return governed.enact.run("git.push_migration", governed.actor, governed.args);
    }

    /** An eleventh policy follows the path on disk. */
    @Benchmark
    public String enactBeanMethodWithPathsOnDisk(GovernedOnDisk governed) {
        return governed.releases.push(ASKED.repository(), ASKED.branch(), ASKED.path(), ASKED.sql(), ASKED.message());
    }

    /** The memory store keeps all it is given, which costs the collector more the more it is. */
    @Benchmark
    public String enactBeanMethodMemoryStore(Keeping keeping) {
        return keeping.releases.push(ASKED.repository(), ASKED.branch(), ASKED.path(), ASKED.sql(), ASKED.message());
    }

    private static void authenticate() {
        SecurityContextHolder.getContext()
                .setAuthentication(new TestingAuthenticationToken("maria@example.org", "", "ROLE_release-manager"));
    }

    @State(Scope.Thread)
    public static class Bare {

        final GovernedReleases releases = new GovernedReleases();
    }

    @State(Scope.Thread)
    public static class Secured {

        private ConfigurableApplicationContext context;

        SecuredReleases releases;

        @Setup
        public void start() {
            authenticate();
            this.context = SecuredApplication.start();
            this.releases = this.context.getBean(SecuredReleases.class);
        }

        @TearDown
        public void stop() {
            this.context.close();
        }
    }

    @State(Scope.Thread)
    public static class Governed {

        private ConfigurableApplicationContext context;

        GovernedReleases releases;

        Enact enact;

        final Actor actor =
                new Actor("maria@example.org", Set.of("release-manager"), Map.of(), null, null, "benchmark");

        final Map<String, Object> args = new LinkedHashMap<>();

        @Setup
        public void start() {
            authenticate();
            this.context = GovernedApplication.start(new NewestReceipts());
            this.releases = this.context.getBean(GovernedReleases.class);
            this.enact = this.context.getBean(Enact.class);
            this.args.put("repository", ASKED.repository());
            this.args.put("branch", ASKED.branch());
            this.args.put("path", ASKED.path());
            this.args.put("sql", ASKED.sql());
            this.args.put("message", ASKED.message());
        }

        @TearDown
        public void stop() {
            this.context.close();
        }
    }

    @State(Scope.Thread)
    public static class GovernedOnDisk {

        private ConfigurableApplicationContext context;

        GovernedReleases releases;

        @Setup
        public void start() {
            authenticate();
            this.context = GovernedApplication.start(new NewestReceipts(), GovernedApplication.ON_DISK);
            this.releases = this.context.getBean(GovernedReleases.class);
        }

        @TearDown
        public void stop() {
            this.context.close();
        }
    }

    @State(Scope.Thread)
    public static class Keeping {

        private ConfigurableApplicationContext context;

        GovernedReleases releases;

        @Setup(Level.Iteration)
        public void start() {
            authenticate();
            this.context = GovernedApplication.start(null);
            this.releases = this.context.getBean(GovernedReleases.class);
        }

        @TearDown(Level.Iteration)
        public void stop() {
            this.context.close();
        }
    }

    @State(Scope.Thread)
    public static class Floor {

        SortedJson json;

        @Setup
        public void prepare() {
            authenticate();
            NewestReceipts store = new NewestReceipts();
            try (ConfigurableApplicationContext context = GovernedApplication.start(store)) {
                long before = store.head("").map(Receipt::seq).orElse(0L);
                context.getBean(GovernedReleases.class)
                        .push(ASKED.repository(), ASKED.branch(), ASKED.path(), ASKED.sql(), ASKED.message());
                List<Receipt> both = store.read("", before + 1, 2);
                if (both.size() != 2 || both.stream().anyMatch(receipt -> "BLOCK".equals(receipt.decision()))) {
                    throw new IllegalStateException("Not the two receipts of a call: " + both);
                }
                both.forEach(receipt ->
                        System.out.println("# " + receipt.kind() + " receipt: " + receipt.bytes().length + " bytes"));
                this.json = new SortedJson(both);
            }
        }
    }
}
