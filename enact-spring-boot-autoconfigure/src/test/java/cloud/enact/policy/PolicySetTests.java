package cloud.enact.policy;

import static cloud.enact.policy.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.Patience;
import cloud.enact.action.ActionRequest;
import cloud.enact.policy.catalogue.BuiltinPolicies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PolicySetTests {

    private static final Duration LONG = Duration.ofMinutes(5);

    private final List<PolicySetFactory> factories = new ArrayList<>();

    @AfterEach
    void close() {
        this.factories.forEach(PolicySetFactory::close);
    }

    @Test
    void namedPoliciesApplyToWhateverIsAskedAndNothingElseDoes() {
        PolicySetFactory factory = new PolicySetFactory(
                new BuiltinPolicies(name -> null, "/home/a").types(),
                List.of(bean("x.bean", request -> Verdict.block("x.bean", "no"))),
                null,
                EnactMode.OBSERVE,
                Duration.ZERO);
        this.factories.add(factory);
        PolicySpec prefix = new PolicySpec(
                "git.require-branch-prefix", null, Map.of(), null, null, null, null, null, "policies[0]");

        PolicySet named = factory.createNamed(List.of(prefix));

        assertThat(named.decide(request("weather.read")).effect()).isEqualTo(Effect.BLOCK);
        assertThat(named.decide(request("weather.read")).enforced()).isEqualTo(Effect.BLOCK);
        assertThat(named.decide(request("weather.read")).verdicts())
                .extracting(Verdict::policy)
                .containsExactly("git.require-branch-prefix");
        assertThat(factory.create(List.of(prefix))
                        .decide(request("weather.read"))
                        .verdicts())
                .extracting(Verdict::effect)
                .containsExactly(Effect.ABSTAIN, Effect.BLOCK);
    }

    @Test
    void withoutPoliciesEverythingPasses() {
        Decision decision = factory().create(List.of()).decide(request("a.b"));

        assertThat(decision.effect()).isEqualTo(Effect.PASS);
        assertThat(decision.verdicts()).isEmpty();
        assertThat(decision.policySet()).matches("sha256:[0-9a-f]{64}");
    }

    @Test
    void everyPolicyRunsInDeclaredOrderEvenAfterABlock() {
        PolicySetFactory factory = factory(bean("x.bean", r -> Verdict.pass("x.bean", "fine")));
        PolicySet set = factory.create(List.of(spec("test.block"), spec("test.abstain"), spec("test.ask")));
        set.govern("a.b", List.of(spec("test.pass")));

        Decision decision = set.decide(request("a.b"));

        assertThat(decision.verdicts())
                .extracting(Verdict::policy)
                .containsExactly("test.block", "test.abstain", "test.ask", "x.bean", "test.pass");
        assertThat(decision.effect()).isEqualTo(Effect.BLOCK);
    }

    @Test
    void strictestVerdictWinsAndOnlyAbstainingPasses() {
        assertThat(factory()
                        .create(List.of(spec("test.pass"), spec("test.ask")))
                        .decide(request("a.b"))
                        .effect())
                .isEqualTo(Effect.ASK);
        assertThat(factory()
                        .create(List.of(spec("test.abstain")))
                        .decide(request("a.b"))
                        .effect())
                .isEqualTo(Effect.PASS);
    }

    @Test
    void namedBeanKeepsItsPlaceAndIsNotAddedTwice() {
        PolicySetFactory factory = factory(bean("x.one", r -> Verdict.abstain("x.one")), bean("x.two", r -> null));

        Decision decision =
                factory.create(List.of(spec("x.two"), spec("test.pass"))).decide(request("a.b"));

        assertThat(decision.verdicts()).extracting(Verdict::policy).containsExactly("x.two", "test.pass", "x.one");
    }

    @Test
    void beanNamedByItsMethodToo_runsOnce() {
        AtomicInteger calls = new AtomicInteger();
        PolicySet set = factory(bean("x.one", r -> {
                    calls.incrementAndGet();
                    return Verdict.abstain("x.one");
                }))
                .create(List.of());
        set.govern("a.b", List.of(spec("x.one")));

        set.decide(request("a.b"));

        assertThat(calls).hasValue(1);
    }

    @Test
    void onRestrictsAPolicyToItsActions() {
        PolicySet set = factory().create(List.of(spec("test.block", "postgres.*, crm.delete")));

        assertThat(set.decide(request("postgres.drop")).effect()).isEqualTo(Effect.BLOCK);
        assertThat(set.decide(request("crm.delete")).effect()).isEqualTo(Effect.BLOCK);
        assertThat(set.decide(request("crm.delete_all")).verdicts()).isEmpty();
        assertThat(set.decide(request("mysql.drop")).verdicts()).isEmpty();
    }

    @Test
    void methodsPoliciesHoldForItsActionOnly() {
        PolicySet set = factory().create(List.of());
        set.govern("crm.delete", List.of(spec("test.block")));

        assertThat(set.decide(request("crm.delete")).effect()).isEqualTo(Effect.BLOCK);
        assertThat(set.decide(request("crm.delete2")).effect()).isEqualTo(Effect.PASS);
    }

    @Test
    void methodGovernedAfterADecisionHoldsFromThen() {
        PolicySet set = factory().create(List.of());
        String before = set.policySet();
        assertThat(set.decide(request("crm.delete")).effect()).isEqualTo(Effect.PASS);

        set.govern("crm.delete", List.of(spec("test.block")));

        assertThat(set.decide(request("crm.delete")).effect()).isEqualTo(Effect.BLOCK);
        assertThat(set.policySet()).isNotEqualTo(before);
    }

    @Test
    void governingAgainTheSameChangesNothingAndOtherwiseIsRefused() {
        PolicySet set = factory().create(List.of());
        set.govern("crm.delete", List.of(spec("test.block")));
        String before = set.policySet();

        set.govern("crm.delete", List.of(withOrigin(spec("test.block"), "elsewhere")));

        assertThat(set.policySet()).isEqualTo(before);
        assertThatThrownBy(() -> set.govern("crm.delete", List.of(spec("test.pass"))))
                .isInstanceOf(PolicyConfigurationException.class)
                .hasMessageContaining("crm.delete");
    }

    @Test
    void exactlyAttachedPolicyKnowsIt() {
        PolicySet set = factory()
                .create(List.of(spec("test.named", "ship.it"), spec("test.named", "ship.*"), spec("test.named")));
        set.govern("ship.it", List.of(spec("test.named")));

        assertThat(set.decide(request("ship.it")).verdicts())
                .extracting(Verdict::effect)
                .containsExactly(Effect.BLOCK, Effect.ABSTAIN, Effect.ABSTAIN, Effect.BLOCK);
    }

    @Test
    void ownModeIsStampedOnTheVerdict() {
        PolicySpec observed =
                new PolicySpec("test.block", null, Map.of(), null, EnactMode.OBSERVE, null, null, null, "here");
        PolicySet set = factory().create(List.of(observed, spec("test.pass")));

        Decision decision = set.decide(request("a.b"));

        assertThat(decision.verdicts().get(0).mode()).isEqualTo(EnactMode.OBSERVE);
        assertThat(decision.verdicts().get(1).mode()).isNull();
        assertThat(decision.effect()).isEqualTo(Effect.PASS);
    }

    @Test
    void beanCannotGiveItselfAModeOrAnotherName() {
        PolicySet set = factory(bean("x.sly", r -> new Verdict("test.other", Effect.BLOCK, "no", EnactMode.OBSERVE)))
                .create(List.of());

        Verdict verdict = set.decide(request("a.b")).verdicts().get(0);

        assertThat(verdict).isEqualTo(new Verdict("x.sly", Effect.BLOCK, "no", null));
    }

    @Test
    void observingApplicationDecidesButEnforcesNothing() {
        PolicySet set = new PolicySetFactory(catalogue(), List.of(), null, EnactMode.OBSERVE, LONG)
                .create(List.of(spec("test.block")));

        Decision decision = set.decide(request("a.b"));

        assertThat(decision.effect()).isEqualTo(Effect.BLOCK);
        assertThat(decision.enforced()).isEqualTo(Effect.PASS);
    }

    @Test
    @SuppressWarnings("NullAway")
    void whateverAPolicyThrowsIsABlockThatNamesItAndTellsNoMore() {
        Map<String, Function<ActionRequest, @Nullable Verdict>> failures = new LinkedHashMap<>();
        failures.put("x.exception", r -> {
            throw new IllegalStateException("secret detail");
        });
        failures.put("x.linkage", r -> {
            throw new NoClassDefFoundError("secret detail");
        });
        failures.put("x.overflow", PolicySetTests::endless);
        failures.put("x.memory", r -> {
            throw new OutOfMemoryError("secret detail");
        });
        failures.put("x.assertion", r -> {
            throw new AssertionError("secret detail");
        });
        failures.put("x.null", r -> null);
        failures.put("x.nulleffect", r -> new Verdict("x", null, "reason", null));
        failures.put("x.nullreason", r -> new Verdict("x", Effect.PASS, null, null));
        for (Duration limit : List.of(LONG, Duration.ZERO)) {
            List<ActionPolicy> beans = new ArrayList<>();
            failures.forEach((name, judge) -> beans.add(bean(name, judge)));

            Decision decision = factory(limit, beans).create(List.of()).decide(request("a.b"));

            assertThat(decision.verdicts()).hasSize(failures.size()).allSatisfy(verdict -> {
                assertThat(verdict.effect()).isEqualTo(Effect.BLOCK);
                assertThat(verdict.policy()).startsWith("x.");
                assertThat(verdict.reason()).isNotBlank().doesNotContain("secret detail");
            });
            assertThat(decision.verdicts().get(0).reason()).contains("java.lang.IllegalStateException");
        }
    }

    private static @Nullable Verdict endless(ActionRequest request) {
        Verdict verdict = endless(request);
        return (verdict != null) ? verdict : null;
    }

    @Test
    void blockWithoutAReasonGetsOneAndEndlessReasonsAreCut() {
        PolicySet set = factory(
                        bean("x.mute", r -> Verdict.block("x.mute", " ")),
                        bean("x.chatty", r -> Verdict.block("x.chatty", "y".repeat(1_000_000))))
                .create(List.of());

        List<Verdict> verdicts = set.decide(request("a.b")).verdicts();

        assertThat(verdicts.get(0).reason()).isNotBlank();
        assertThat(verdicts.get(1).reason()).hasSizeLessThan(5_000);
    }

    @Test
    void anEndlessReasonIsCutBetweenWordsSoThatNoSecretIsCutInHalf() {
        String secret = "ghp_aB3dE5gH7jK9mN1pQ3sT5vW7xY9zA1cD3eF5";
        PolicySet set = factory(bean(
                        "x.chatty",
                        r -> Verdict.block("x.chatty", "y".repeat(3_980) + " " + secret + " is not allowed")))
                .create(List.of());

        String reason = set.decide(request("a.b")).verdicts().get(0).reason();

        assertThat(reason).startsWith("yyy").endsWith("y…");
    }

    @Test
    void hangingPolicyIsBlockedAndItsThreadIsInterrupted() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        PolicySet set = factory(Duration.ofMillis(20), List.of(bean("x.hang", r -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException ex) {
                        interrupted.countDown();
                    }
                    return Verdict.pass("x.hang", "at last");
                })))
                .create(List.of());

        Verdict verdict = set.decide(request("a.b")).verdicts().get(0);

        assertThat(verdict.effect()).isEqualTo(Effect.BLOCK);
        assertThat(verdict.reason()).contains("longer than 20 ms");
        interrupted.await();
    }

    @Test
    void expressionOverLargeArgumentsRunsUnderTheTimeLimit() {
        List<Thread> threads = new ArrayList<>();
        PolicySetFactory factory = new PolicySetFactory(
                List.of(),
                List.of(),
                (name, effect, expression, reason, onError, origin) -> bean(name, r -> {
                    threads.add(Thread.currentThread());
                    return Verdict.abstain(name);
                }),
                EnactMode.ENFORCE,
                LONG);
        this.factories.add(factory);
        PolicySet set =
                factory.create(List.of(new PolicySpec(null, "e", Map.of(), null, null, "true", null, "r", "test")));

        set.decide(request("a.b", "text", "x".repeat(1_000), "list", List.of(1, 2, 3)));
        set.decide(request("a.b", "text", "x".repeat(5_000)));
        set.decide(request("a.b", "list", List.of(Map.of("k", "x".repeat(5_000)))));
        set.decide(request("a.b", "x".repeat(5_000), null));
        set.decide(request("a.b", "list", java.util.Collections.nCopies(1_000, null)));
        set.decide(request("a.b", "number", java.math.BigInteger.ONE.shiftLeft(40_000)));

        assertThat(threads).hasSize(6);
        assertThat(threads.get(0)).isSameAs(Thread.currentThread());
        assertThat(threads.subList(1, 6))
                .allSatisfy(thread -> assertThat(thread.getName()).startsWith("enact-policy-"));
    }

    @Test
    void poolFullOfHangingPoliciesBlocksAtOnceAndRecovers() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch hung = new CountDownLatch(64);
        CountDownLatch ended = new CountDownLatch(64);
        PolicySet set = factory(Duration.ofMillis(5), List.of(bean("x.hang", r -> {
                    if (r.action().equals("ok.now")) {
                        return Verdict.pass("x.hang", "fine");
                    }
                    hung.countDown();
                    while (true) {
                        try {
                            release.await();
                            ended.countDown();
                            return Verdict.abstain("x.hang");
                        } catch (InterruptedException ex) {
                            // a policy that does not listen
                        }
                    }
                })))
                .create(List.of());
        while (hung.getCount() > 0) {
            set.decide(request("a.b"));
        }

        assertThat(set.decide(request("a.b")).reasons().get(0)).contains("hang");

        release.countDown();
        ended.await();
        Patience.awaiting("a policy that is asked again")
                .until(() -> set.decide(request("ok.now")).effect() == Effect.PASS);
    }

    @Test
    void busyPoliciesAreNotTakenForHangingOnes() throws Exception {
        int callers = 200;
        PolicySet set = factory(LONG, List.of(bean("x.ok", r -> Verdict.pass("x.ok", "fine"))))
                .create(List.of());
        CountDownLatch start = new CountDownLatch(1);
        AtomicInteger passed = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            Thread thread = new Thread(() -> {
                try {
                    start.await();
                } catch (InterruptedException ex) {
                    return;
                }
                for (int j = 0; j < 20; j++) {
                    if (set.decide(request("a.b")).effect() == Effect.PASS) {
                        passed.incrementAndGet();
                    }
                }
            });
            thread.start();
            threads.add(thread);
        }

        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(passed).hasValue(callers * 20);
    }

    @Test
    void interruptedCallerIsBlockedAndStaysInterrupted() {
        PolicySet set =
                factory(bean("x.slow", r -> Verdict.pass("x.slow", "fine"))).create(List.of());

        Thread.currentThread().interrupt();
        Decision decision = set.decide(request("a.b"));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(decision.effect()).isEqualTo(Effect.BLOCK);
    }

    @Test
    void closedFactoryBlocksWhatNeedsItsThreads() {
        PolicySetFactory factory = factory(bean("x.ok", r -> Verdict.pass("x.ok", "fine")));
        PolicySet set = factory.create(List.of(spec("test.pass")));

        factory.close();

        assertThat(set.decide(request("a.b")).verdicts())
                .extracting(Verdict::effect)
                .containsExactly(Effect.PASS, Effect.BLOCK);
    }

    @Test
    void digestDependsOnWhatHoldsAndNotOnTheOrderOfRegistration() {
        PolicySet one = factory(bean("x.a", r -> null), bean("x.b", r -> null)).create(List.of(spec("test.pass")));
        one.govern("a.a", List.of(spec("test.block")));
        one.govern("b.b", List.of(spec("test.ask")));
        PolicySet other =
                factory(bean("x.b", r -> null), bean("x.a", r -> null)).create(List.of(spec("test.pass")));
        other.govern("b.b", List.of(spec("test.ask")));
        other.govern("a.a", List.of(spec("test.block")));

        assertThat(one.policySet()).isEqualTo(other.policySet());
        assertThat(one.decide(request("a.a")).policySet()).isEqualTo(one.policySet());
    }

    @Test
    void digestChangesWithEveryPartOfAPolicy() {
        List<PolicySpec> specs = List.of(
                spec("test.pass"),
                spec("test.ask"),
                spec("test.pass", "a.*"),
                new PolicySpec("test.pass", null, Map.of("level", "1"), null, null, null, null, null, "here"),
                new PolicySpec("test.pass", null, Map.of("level", "2"), null, null, null, null, null, "here"),
                new PolicySpec("test.pass", null, Map.of("level", List.of("1")), null, null, null, null, null, "here"),
                new PolicySpec("test.pass", null, Map.of(), null, EnactMode.OBSERVE, null, null, null, "here"),
                new PolicySpec(null, "n", Map.of(), null, null, "true", null, null, "here"),
                new PolicySpec(null, "n", Map.of(), null, null, "false", null, null, "here"),
                new PolicySpec(null, "n", Map.of(), null, null, null, "true", null, "here"),
                new PolicySpec(null, "m", Map.of(), null, null, null, "true", null, "here"),
                new PolicySpec(null, "m", Map.of(), null, null, null, "true", "because", "here"));

        assertThat(specs.stream().map(spec -> factory().create(List.of(spec)).policySet()))
                .doesNotHaveDuplicates();
        assertThat(factory().create(List.of(specs.get(3))).policySet())
                .isEqualTo(factory().create(List.of(specs.get(3))).policySet());
    }

    @Test
    void manyMadeUpActionNamesAreDecidedWithoutBeingKept() {
        PolicySet set = factory().create(List.of(spec("test.block", "evil.*")));

        for (int i = 0; i < 10_000; i++) {
            assertThat(set.decide(request("evil.n" + i)).effect()).isEqualTo(Effect.BLOCK);
        }
    }

    private PolicySetFactory factory(ActionPolicy... beans) {
        return factory(LONG, List.of(beans));
    }

    private PolicySetFactory factory(Duration limit, List<ActionPolicy> beans) {
        PolicySetFactory factory = new PolicySetFactory(
                catalogue(),
                beans,
                (name, effect, expression, reason, onError, origin) ->
                        bean(name, r -> new Verdict(name, effect, reason, null)),
                EnactMode.ENFORCE,
                limit);
        this.factories.add(factory);
        return factory;
    }

    static List<PolicyType> catalogue() {
        return List.of(
                new FixedType("test.pass", Effect.PASS),
                new FixedType("test.abstain", Effect.ABSTAIN),
                new FixedType("test.ask", Effect.ASK),
                new FixedType("test.block", Effect.BLOCK),
                new NamedType());
    }

    static PolicySpec spec(String policy) {
        return spec(policy, null);
    }

    static PolicySpec spec(String policy, @Nullable String on) {
        return new PolicySpec(policy, null, Map.of(), on, null, null, null, null, "enact.policies[0]");
    }

    private static PolicySpec withOrigin(PolicySpec spec, String origin) {
        return new PolicySpec(spec.policy(), null, spec.with(), null, null, null, null, null, origin);
    }

    static ActionPolicy bean(String name, Function<ActionRequest, @Nullable Verdict> judge) {
        return new ActionPolicy() {

            @Override
            public String name() {
                return name;
            }

            @Override
            @SuppressWarnings("NullAway")
            public Verdict judge(ActionRequest request) {
                return judge.apply(request);
            }
        };
    }

    record FixedType(String name, Effect effect) implements PolicyType {

        @Override
        public String harm() {
            return "None.";
        }

        @Override
        public List<String> parameters() {
            return List.of("level", "tables");
        }

        @Override
        public boolean bounded() {
            return true;
        }

        @Override
        public ActionPolicy create(PolicyParameters with) {
            return bean(this.name, request -> new Verdict(this.name, this.effect, "because", null));
        }
    }

    /** Blocks when it was attached to the very action. */
    record NamedType() implements PolicyType {

        @Override
        public String name() {
            return "test.named";
        }

        @Override
        public String harm() {
            return "None.";
        }

        @Override
        public List<String> parameters() {
            return List.of();
        }

        @Override
        public ActionPolicy create(PolicyParameters with) {
            return new InputPolicy() {

                @Override
                public String name() {
                    return "test.named";
                }

                @Override
                public Verdict judge(PolicyInputs inputs) {
                    return inputs.named() ? Verdict.block(name(), "named") : Verdict.abstain(name());
                }
            };
        }
    }
}
