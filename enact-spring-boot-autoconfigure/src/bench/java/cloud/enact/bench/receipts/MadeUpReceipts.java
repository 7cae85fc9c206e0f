package cloud.enact.bench.receipts;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.action.IdGenerator;
import cloud.enact.action.Reversibility;
import cloud.enact.action.Run;
import cloud.enact.action.RunId;
import cloud.enact.policy.Decision;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.Verdict;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptDraft;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.ReceiptStore;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Receipts as a busy support desk would leave them, the same ones at every call: genuine bytes, signatures and chain.
 * Two calls in a hundred are stopped, one in a thousand is observed, one run in two thousand is rolled back. Names are
 * distributed unevenly, so that some are common and some are rare.
 */
public final class MadeUpReceipts {

    /** What the receipts are signed with. */
    public static final String SECRET = "a-secret-for-benchmarks-that-is-long-enough";

    /** Time of the first receipt. */
    public static final Instant START = Instant.parse("2026-01-05T08:00:00Z");

    private static final int BATCH = 1000;

    private static final String POLICY_SET = "sha256:" + "0".repeat(64);

    private static final List<String> SYSTEMS =
            List.of("crm", "billing", "postgres", "files", "git", "slack", "mail", "search", "calendar", "hr");

    private static final List<String> VERBS = List.of("read", "update", "create", "delete");

    private static final List<String> POLICIES = List.of(
            "db.protect-tables",
            "access.require-actor-role",
            "db.dont-delete-without-where",
            "git.dont-push-to-main",
            "email.only-known-recipients",
            "time.business-hours");

    private static final List<String> WORDS = List.of(
            "invoice",
            "customer",
            "refund",
            "contract",
            "address",
            "renewal",
            "complaint",
            "delivery",
            "account",
            "discount",
            "reminder",
            "meeting",
            "report",
            "backup",
            "release",
            "onboarding");

    private final Random random = new Random(42);

    private final TickingClock clock = new TickingClock();

    private final IdGenerator ids = IdGenerator.uuidV7(this.clock);

    private final ReceiptLog log;

    private final Buffer buffer;

    private long made;

    private MadeUpReceipts(Consumer<List<Receipt>> target, String log) {
        this.buffer = new Buffer(target);
        this.log = ReceiptLog.direct(
                log, this.buffer.asStore(), ReceiptSigner.hs256(SECRET), Masking.defaults(), this.clock);
    }

    /**
     * Appends receipts to a store, as one log that is empty before.
     *
     * @param store where to
     * @param log id of the log
     * @param count how many; as many more as the last run needs
     */
    public static void append(ReceiptStore store, String log, long count) {
        make(store::append, log, count);
    }

    /**
     * Hands over receipts in batches, as one log from its first entry on.
     *
     * @param target where to
     * @param log id of the log
     * @param count how many; as many more as the last run needs
     */
    static void make(Consumer<List<Receipt>> target, String log, long count) {
        MadeUpReceipts receipts = new MadeUpReceipts(target, log);
        while (receipts.made < count) {
            receipts.run();
        }
        receipts.buffer.flush();
    }

    /**
     * Appends one run of many actions.
     *
     * @return the run
     */
    public static RunId appendRun(ReceiptStore store, String log, long count) {
        MadeUpReceipts receipts = new MadeUpReceipts(store::append, log);
        Run run = new Run(new RunId(receipts.ids.next()), "nightly import");
        while (receipts.made < count) {
            receipts.action(run, Actor.of("import@example.org"), false);
        }
        receipts.buffer.flush();
        return run.id();
    }

    private void run() {
        String workflow = (this.random.nextInt(3) > 0) ? "workflow-" + uneven(25) : null;
        Run run = new Run(new RunId(this.ids.next()), workflow);
        Actor actor = new Actor(
                "agent-" + uneven(400) + "@example.org", Set.of("support"), Map.of(), null, null, "benchmark");
        boolean observed = this.random.nextInt(1000) == 0;
        int actions = 1 + this.random.nextInt(4);
        for (int i = 0; i < actions; i++) {
            action(run, actor, observed);
        }
        if (this.random.nextInt(2000) == 0) {
            append(ReceiptDraft.rollback(
                    ReceiptKind.ROLLED_BACK,
                    new RunId(this.ids.next()),
                    this.ids.next(),
                    run.id(),
                    this.clock.instant(),
                    actor,
                    Map.of("reason", "asked for the wrong one"),
                    "ROLLED_BACK",
                    Map.of("status", "ROLLED_BACK"),
                    List.of()));
        }
    }

    private void action(Run run, Actor actor, boolean observed) {
        this.clock.tick();
        EnactMode mode = observed ? EnactMode.OBSERVE : EnactMode.ENFORCE;
        UUID id = this.ids.next();
        ActionRequest request = new ActionRequest(
                id,
                run,
                null,
                SYSTEMS.get(uneven(SYSTEMS.size())) + "." + VERBS.get(uneven(VERBS.size())) + "_"
                        + WORDS.get(uneven(4)),
                arguments(id),
                actor,
                null,
                Reversibility.REVERSIBLE,
                this.clock.instant());
        Decision decision = decision(mode);
        append(ReceiptDraft.decided(request, decision, mode));
        if (!decision.stops()) {
            this.clock.tick();
            append(ReceiptDraft.completed(
                    request,
                    decision,
                    mode,
                    this.clock.instant(),
                    Reversibility.REVERSIBLE,
                    Map.of("status", "SUCCEEDED"),
                    List.of()));
        }
    }

    private Map<String, Object> arguments(UUID id) {
        Map<String, Object> args = new LinkedHashMap<>();
        args.put("id", (long) this.random.nextInt(1_000_000));
        args.put("customer", "customer-" + uneven(50_000) + "@example.com");
        StringBuilder note = new StringBuilder("ticket " + id.toString().substring(24));
        for (int i = 0; i < 24; i++) {
            note.append(' ').append(WORDS.get(this.random.nextInt(WORDS.size())));
        }
        args.put("note", note.toString());
        return args;
    }

    private Decision decision(EnactMode mode) {
        List<Verdict> verdicts = new ArrayList<>();
        for (String policy : POLICIES) {
            verdicts.add(
                    (verdicts.size() % 2 == 0) ? Verdict.pass(policy, "Nothing against it.") : Verdict.abstain(policy));
        }
        if (this.random.nextInt(50) == 0) {
            String policy = POLICIES.get(uneven(POLICIES.size()));
            verdicts.add(
                    (this.random.nextInt(4) == 0)
                            ? Verdict.ask(policy, "A person has to look at it.")
                            : Verdict.block(policy, "This must not happen."));
        }
        return Decision.of(verdicts, mode, POLICY_SET);
    }

    /** A number below the bound: half of the time from the first tenth, so that some are common and some are rare. */
    private int uneven(int bound) {
        double position = this.random.nextDouble();
        return (int) (bound * Math.pow(position, 3.3));
    }

    private void append(ReceiptDraft draft) {
        this.log.append(draft);
        this.made++;
    }

    /** Moves on by some milliseconds for each receipt. */
    private static final class TickingClock extends Clock {

        private Instant now = START;

        void tick() {
            this.now = this.now.plusNanos(7_654_000);
        }

        @Override
        public Instant instant() {
            return this.now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** Hands receipts on in large batches; it is asked for nothing but the head of an empty log. */
    private static final class Buffer {

        private final Consumer<List<Receipt>> target;

        private final List<Receipt> waiting = new ArrayList<>(BATCH);

        Buffer(Consumer<List<Receipt>> target) {
            this.target = target;
        }

        ReceiptStore asStore() {
            return (ReceiptStore) java.lang.reflect.Proxy.newProxyInstance(
                    MadeUpReceipts.class.getClassLoader(),
                    new Class<?>[] {ReceiptStore.class},
                    (proxy, method, args) -> {
                        switch (method.getName()) {
                            case "append" -> add(((List<?>) args[0]));
                            case "head" -> {
                                return Optional.empty();
                            }
                            default -> throw new UnsupportedOperationException(method.getName());
                        }
                        return null;
                    });
        }

        private void add(List<?> batch) {
            batch.forEach(receipt -> this.waiting.add((Receipt) receipt));
            if (this.waiting.size() >= BATCH) {
                flush();
            }
        }

        void flush() {
            if (!this.waiting.isEmpty()) {
                this.target.accept(List.copyOf(this.waiting));
                this.waiting.clear();
            }
        }
    }
}
