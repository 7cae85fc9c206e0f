package cloud.enact.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.RunId;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.undo.StepRestoration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * An agent, a person, rollbacks of all that and of each other, whole or in part, that die or lose an answer anywhere:
 * what the person did last stays, and a rollback that says that it is complete is.
 */
class RandomRollbackTests {

    private static final int HISTORIES = Integer.getInteger("enact.test.histories", 400);

    @Test
    void nothingOfAPersonIsLostAndWhatIsSaidToBeBackIsBack() {
        for (int seed = 0; seed < HISTORIES; seed++) {
            new History(seed).happen();
        }
    }

    private static final class History {

        private static final List<String> KEYS = List.of("a", "b", "c");

        private final int seed;

        private final Random random;

        private final Office office = new Office();

        private final List<KeyValues> systems = List.of(this.office.files, this.office.tickets);

        private final RunId run = this.office.run();

        /** The run, its rollbacks, and theirs. */
        private final List<RunId> runs = new ArrayList<>(List.of(this.run));

        /** What a person did last. */
        private final Map<String, @Nullable String> ofPerson = new HashMap<>();

        /** What is there when all of the run is undone. */
        private final Map<String, @Nullable String> before = new HashMap<>();

        private final List<String> told = new ArrayList<>();

        private int number;

        History(int seed) {
            this.seed = seed;
            this.random = new Random(seed);
        }

        void happen() {
            for (KeyValues system : this.systems) {
                system.put("a", "first");
            }
            for (KeyValues system : this.systems) {
                KEYS.forEach(key ->
                        this.before.put(name(system, key), system.values().get(key)));
            }
            act();
            act();
            for (int i = 0; i < 14; i++) {
                int what = this.random.nextInt(10);
                if (what < 2) {
                    act();
                } else if (what < 3) {
                    edit();
                } else {
                    rollback();
                }
            }
        }

        private void act() {
            KeyValues system = this.systems.get(this.random.nextInt(2));
            String key = KEYS.get(this.random.nextInt(KEYS.size()));
            String value = this.random.nextInt(4) == 0 ? null : "agent " + ++this.number;
            String name = name(system, key);
            if (Objects.equals(system.values().get(key), value)) {
                return;
            }
            if (this.ofPerson.containsKey(name)) {
                this.before.put(name, this.ofPerson.remove(name));
            }
            this.office.action(this.run, "put").put(system, key, value).succeeds();
            this.told.add("agent " + name + " = " + value);
        }

        private void edit() {
            KeyValues system = this.systems.get(this.random.nextInt(2));
            String key = KEYS.get(this.random.nextInt(KEYS.size()));
            String value = "person " + ++this.number;
            system.put(key, value);
            this.ofPerson.put(name(system, key), value);
            this.told.add("person " + name(system, key) + " = " + value);
        }

        private void rollback() {
            if (this.told.stream().noneMatch(line -> line.startsWith("agent "))) {
                return;
            }
            int back = Math.min(this.random.nextInt(this.runs.size()), this.random.nextInt(this.runs.size()));
            RunId target = this.runs.get((this.random.nextBoolean()) ? back : this.runs.size() - 1 - back);
            RollbackRequest request = RollbackRequest.of(target, Office.ADMIN, null);
            if (this.random.nextInt(4) == 0) {
                Set<Long> some = this.office.service.preview(request).steps().stream()
                        .map(StepRestoration::position)
                        .filter(position -> position > 0 && this.random.nextBoolean())
                        .collect(Collectors.toSet());
                request = (!some.isEmpty() && this.random.nextBoolean())
                        ? request.only(some)
                        : request.skipping(new Selection(some, Set.of()));
            }
            int writes = this.random.nextInt(3) == 0 ? this.random.nextInt(16) : Integer.MAX_VALUE;
            boolean losing = this.random.nextInt(5) == 0;
            Map<String, @Nullable String> there = state();
            RollbackService service = this.office.service(
                    this.office.log,
                    new CrashingUndoLog(this.office.undoLog, writes),
                    this.systems.stream()
                            .map(system -> losing ? new LostAnswers(system, () -> this.random.nextInt(3) == 0) : system)
                            .toList());
            String attempt = "rollback of " + this.runs.indexOf(target) + " of " + this.runs.size() + " only "
                    + request.only() + " skip " + request.skip().steps() + " dies after " + writes + " loses " + losing;
            RollbackReport report = null;
            try {
                report = service.rollback(request);
                this.told.add(attempt + ": " + report.result() + report.steps());
            } catch (CrashingUndoLog.ProcessDied ex) {
                this.told.add(attempt + ": died");
            }
            this.told.add("  " + state());
            for (Receipt receipt : this.office.receipts(ReceiptKind.ROLLBACK_STARTED)) {
                if (!this.runs.contains(receipt.runId())) {
                    this.runs.add(receipt.runId());
                }
            }
            this.ofPerson.forEach((name, value) -> assertThat(state().get(name))
                    .as(() -> "of a person: " + name + story())
                    .isEqualTo(value));
            if (report == null || report.result() != RollbackResult.ROLLED_BACK) {
                return;
            }
            if (target.equals(this.run)) {
                this.before.forEach((name, value) -> {
                    if (!this.ofPerson.containsKey(name)) {
                        assertThat(state().get(name))
                                .as(() -> name + " is back" + story())
                                .isEqualTo(value);
                    }
                });
            }
            if (!report.repeated() && !losing && this.random.nextInt(3) == 0) {
                RollbackReport redone = this.office.rollback(Objects.requireNonNull(report.rollbackRunId()));
                this.told.add("and that again: " + redone.result() + redone.steps());
                if (redone.result() == RollbackResult.ROLLED_BACK) {
                    assertThat(state()).as(() -> "done again" + story()).isEqualTo(there);
                }
            }
        }

        private Map<String, @Nullable String> state() {
            Map<String, @Nullable String> state = new TreeMap<>();
            for (KeyValues system : this.systems) {
                KEYS.forEach(key -> state.put(name(system, key), system.values().get(key)));
            }
            return state;
        }

        private static String name(KeyValues system, String key) {
            return system.connector() + "/" + key;
        }

        private String story() {
            return " in history " + this.seed + ":\n" + String.join("\n", this.told);
        }
    }
}
