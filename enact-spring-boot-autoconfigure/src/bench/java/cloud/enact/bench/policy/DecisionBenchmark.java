package cloud.enact.bench.policy;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.action.Reversibility;
import cloud.enact.action.Run;
import cloud.enact.action.RunId;
import cloud.enact.policy.Decision;
import cloud.enact.policy.Effect;
import cloud.enact.policy.PolicySet;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.Program;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.aopalliance.intercept.MethodInvocation;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.Expression;
import org.springframework.security.access.expression.ExpressionUtils;
import org.springframework.security.access.expression.method.DefaultMethodSecurityExpressionHandler;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.util.SimpleMethodInvocation;

/** One decision over a hundred policies, beside one expression of Spring Security and one of CEL alone. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 2,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-Xms1g", "-Xmx1g"})
@Warmup(iterations = 8, time = 1)
@Measurement(iterations = 5, time = 1)
@Threads(1)
public class DecisionBenchmark {

    private static final UUID ID = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");

    @Benchmark
    public Effect hundredPoliciesWithoutFacts(Hundred hundred) {
        return hundred.decide(hundred.plain).effect();
    }

    @Benchmark
    public Effect hundredPoliciesWithCommand(Hundred hundred) {
        return hundred.decide(hundred.command).effect();
    }

    @Benchmark
    public Effect hundredPoliciesWithStatement(Hundred hundred) {
        return hundred.decide(hundred.statement).effect();
    }

    @Benchmark
    public Effect hundredPoliciesWithCommandOf100kB(Hundred hundred) {
        return hundred.decide(hundred.hugeCommand).effect();
    }

    @Benchmark
    public Effect oneExpression(One one) {
        return one.policies.decide(one.request).effect();
    }

    @Benchmark
    public Object celAlone(One one) throws Exception {
        return one.program.eval(one.variables);
    }

    @Benchmark
    public boolean springSecurityExpression(Secured secured) {
        EvaluationContext context =
                secured.handler.createEvaluationContext(() -> secured.authentication, secured.invocation);
        return ExpressionUtils.evaluateAsBoolean(secured.expression, context);
    }

    private static ActionRequest request(String action, Map<String, Object> args) {
        return new ActionRequest(
                ID,
                Run.of(new RunId(ID)),
                null,
                action,
                Map.copyOf(args),
                Actor.of("maria@example.org", "release-manager"),
                null,
                Reversibility.IRREVERSIBLE,
                Instant.parse("2026-11-20T12:00:00Z"));
    }

    @State(Scope.Thread)
    public static class Hundred {

        private PolicySet policies = HundredPolicies.create();

        final ActionRequest plain = request("crm.update_contact", Map.of("id", 4711, "phone", "+49 30 123456"));

        final ActionRequest command = request(
                "shell.run",
                Map.of("command", "cd app && npm ci --ignore-scripts && npm test -- --watch=false 2>&1 | tail -n 40"));

        final ActionRequest statement = request(
                "reports.query",
                Map.of(
                        "sql",
                        "SELECT o.id, o.total, c.name FROM orders o JOIN customers c ON c.id = o.customer_id"
                                + " WHERE o.placed > now() - interval '7 days' ORDER BY o.total DESC LIMIT 50"));

        final ActionRequest hugeCommand = request(
                "shell.run", Map.of("command", "echo one two 'three four' \"five $HOME\" | grep -c o\n".repeat(2_300)));

        @Setup
        public void look() {
            for (ActionRequest request :
                    new ActionRequest[] {this.plain, this.command, this.statement, this.hugeCommand}) {
                Decision decision = decide(request);
                System.out.println("# " + request.action() + ": " + decision.effect() + " of "
                        + decision.verdicts().size() + " policies " + decision.reasons());
            }
        }

        Decision decide(ActionRequest request) {
            return this.policies.decide(request);
        }
    }

    @State(Scope.Thread)
    public static class One {

        private static final String EXPRESSION = "args.amount > 500 && actor.id != 'maria@example.org'";

        final ActionRequest request = request("billing.refund", Map.of("amount", 600));

        final PolicySet policies = HundredPolicies.create(EXPRESSION);

        final Map<String, Object> variables =
                Map.of("args", Map.of("amount", 600L), "actor", Map.of("id", "maria@example.org"));

        Program program;

        @Setup
        public void compile() throws Exception {
            MapType map = MapType.create(SimpleType.STRING, SimpleType.DYN);
            Cel cel = CelFactory.standardCelBuilder()
                    .addVar("args", map)
                    .addVar("actor", map)
                    .build();
            this.program = cel.createProgram(cel.compile(EXPRESSION).getAst());
        }
    }

    /** What {@code @PreAuthorize} does once the method is found. */
    @State(Scope.Thread)
    public static class Secured {

        final DefaultMethodSecurityExpressionHandler handler = new DefaultMethodSecurityExpressionHandler();

        final Expression expression =
                this.handler.getExpressionParser().parseExpression("#amount <= 500 or authentication.name == 'maria'");

        final Authentication authentication = new TestingAuthenticationToken("maria", "", "ROLE_release-manager");

        MethodInvocation invocation;

        @Setup
        public void find() throws NoSuchMethodException {
            this.invocation = new SimpleMethodInvocation(this, Secured.class.getMethod("refund", Integer.class), 600);
        }

        /** The guarded method; only its name counts. */
        public void refund(Integer amount) {
            throw new UnsupportedOperationException("Nobody calls it");
        }
    }
}
