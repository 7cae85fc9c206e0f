package cloud.enact.undo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.action.IdGenerator;
import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every undo log promises; the numbers are those of {@link UndoLog}. */
public abstract class UndoLogContract {

    protected final IdGenerator ids = IdGenerator.uuidV7(Clock.systemUTC());

    /** The log under test; the same one for the whole test. */
    protected abstract UndoLog log();

    @Test
    @DisplayName("1. what was begun is there when begin returns")
    protected void begunIsFound() {
        RunId run = run();

        UndoRecord begun = begin(run, "write_file", Map.of("path", "/data/a.txt"));

        assertThat(log().findByRun(run)).containsExactly(begun);
        assertThat(begun.state()).isEqualTo(UndoRecord.State.INTENT);
        assertThat(begun.digest()).matches("sha256:[0-9a-f]{64}");
        assertThat(begun.action()).isEqualTo("filesystem.write_file");
    }

    @Test
    @DisplayName("2. positions ascend in the order of begin")
    protected void positionsAscend() {
        RunId one = run();
        RunId two = run();

        List<Long> positions = List.of(
                begin(one, "a", Map.of()).position(),
                begin(two, "b", Map.of()).position(),
                begin(one, "c", Map.of()).position());

        assertThat(positions).isSorted().doesNotHaveDuplicates();
        assertThat(log().findByRun(one)).extracting(UndoRecord::operation).containsExactly("a", "c");
        assertThat(log().findByRun(two)).extracting(UndoRecord::operation).containsExactly("b");
    }

    @Test
    @DisplayName("2. many threads lose no step and share no position")
    protected void manyThreads() throws Exception {
        int threads = 8;
        int each = 25;
        List<RunId> runs = new ArrayList<>();
        List<Callable<List<Long>>> work = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            RunId run = run();
            runs.add(run);
            work.add(() -> {
                List<Long> positions = new ArrayList<>();
                for (int i = 0; i < each; i++) {
                    long position = begin(run, "step" + i, Map.of("i", i)).position();
                    log().end(position, UndoRecord.State.DONE, null);
                    positions.add(position);
                }
                return positions;
            });
        }

        List<Long> all = new ArrayList<>();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            for (Future<List<Long>> done : pool.invokeAll(work)) {
                assertThat(done.get()).isSorted();
                all.addAll(done.get());
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(all).hasSize(threads * each).doesNotHaveDuplicates();
        for (RunId run : runs) {
            assertThat(log().findByRun(run))
                    .hasSize(each)
                    .allSatisfy(record -> assertThat(record.state()).isEqualTo(UndoRecord.State.DONE))
                    .extracting(UndoRecord::position)
                    .isSorted();
        }
    }

    @Test
    @DisplayName("4. every JSON-like value comes back as it was")
    protected void valuesComeBack() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("null", null);
        values.put("true", true);
        values.put("long", Long.MIN_VALUE);
        values.put("big", new BigInteger("123456789012345678901234567890"));
        values.put("decimal", new BigDecimal("1234567890.12345678901234567890"));
        values.put("text", "äöü \"quoted\" \n\u0000 \uD83D\uDE00");
        values.put("half a character", "\uD800 alone");
        values.put("", List.of(1L, Map.of("nested", List.of())));
        RunId run = run();

        begin(run, "write_file", values);

        assertThat(log().findByRun(run).get(0).args()).isEqualTo(values);
        assertThat(new ArrayList<>(log().findByRun(run).get(0).args().keySet()))
                .isEqualTo(new ArrayList<>(values.keySet()));
    }

    @Test
    @DisplayName("4. a fraction comes back as an exact decimal, from begin as from find")
    protected void fractions() {
        RunId run = run();

        UndoRecord begun = begin(run, "pay", Map.of("amount", 0.1d));

        assertThat(begun.args()).containsEntry("amount", new BigDecimal("0.1"));
        assertThat(log().findByRun(run)).containsExactly(begun);
    }

    @Test
    @DisplayName("5. a step that ended shows how, and with what it really left behind")
    protected void endIsFound() {
        RunId run = run();
        UndoRecord done = begin(run, "a", Map.of());
        UndoRecord failed = begin(run, "b", Map.of());

        log().end(done.position(), UndoRecord.State.DONE, new Fingerprint(Map.of("sha256", "real")));
        log().end(failed.position(), UndoRecord.State.FAILED, null);

        List<UndoRecord> found = log().findByRun(run);
        assertThat(found).extracting(UndoRecord::state).containsExactly(UndoRecord.State.DONE, UndoRecord.State.FAILED);
        assertThat(found.get(0).fingerprint().values()).isEqualTo(Map.of("sha256", "real"));
        assertThat(found.get(1).fingerprint().values()).isEqualTo(Map.of("expected", true));
        assertThat(found).extracting(UndoRecord::digest).containsExactly(done.digest(), failed.digest());
    }

    @Test
    @DisplayName("5. the same end twice is a no-op, another one is refused")
    protected void endsOnce() {
        RunId run = run();
        long position = begin(run, "a", Map.of()).position();
        log().end(position, UndoRecord.State.DONE, null);

        log().end(position, UndoRecord.State.DONE, null);

        assertThatThrownBy(() -> log().end(position, UndoRecord.State.FAILED, null))
                .isInstanceOf(UndoLogException.class)
                .hasMessageContaining("ended already");
        assertThat(log().findByRun(run).get(0).state()).isEqualTo(UndoRecord.State.DONE);
    }

    @Test
    @DisplayName("5. an end needs a record, and is not an intent")
    protected void endNeedsRecord() {
        long position = begin(run(), "a", Map.of()).position();

        assertThatThrownBy(() -> log().end(position + 100, UndoRecord.State.DONE, null))
                .isInstanceOf(UndoLogException.class);
        assertThatThrownBy(() -> log().end(position, UndoRecord.State.INTENT, null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("6. the right to undo a run is given to one at a time, and comes back once")
    protected void claims() {
        RunId run = run();

        UndoLog.Claim claim = log().claim(run).orElseThrow();

        assertThat(log().claim(run)).isEmpty();
        UndoLog.Claim other = log().claim(run()).orElseThrow();
        claim.close();
        UndoLog.Claim next = log().claim(run).orElseThrow();
        claim.close();
        assertThat(log().claim(run)).isEmpty();
        next.close();
        other.close();
        assertThat(log().claim(run)).hasValueSatisfying(UndoLog.Claim::close);
    }

    @Test
    @DisplayName("a run nobody heard of has no steps")
    protected void unknownRun() {
        assertThat(log().findByRun(run())).isEmpty();
    }

    @Test
    @DisplayName("a step that is too large is refused, says so, and leaves no trace")
    protected void tooLarge() {
        RunId run = run();
        Map<String, @Nullable Object> args = Map.of("content", "x".repeat(UndoDocuments.MAX_BYTES));

        assertThatThrownBy(() -> begin(run, "write_file", args))
                .isInstanceOf(UndoLogException.class)
                .hasMessageContaining("larger than the undo log takes");

        assertThat(log().findByRun(run)).isEmpty();
        assertThat(begin(run, "next", Map.of()).operation()).isEqualTo("next");
    }

    protected RunId run() {
        return new RunId(this.ids.next());
    }

    protected UndoRecord begin(RunId run, String operation, Map<String, @Nullable Object> args) {
        return log().begin(
                        run,
                        this.ids.next(),
                        "filesystem",
                        operation,
                        args,
                        Reversibility.REVERSIBLE,
                        new Capture(new PreState(Map.of("kind", "absent")), new Fingerprint(Map.of("expected", true))));
    }
}
