package cloud.enact.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import cloud.enact.action.Actor;
import cloud.enact.policy.EnactMode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every byte and every field counts, and no sequence of manipulations adds up to something that verifies. */
class TamperTests {

    private static final ReceiptKeys KEYS = ReceiptKeys.of(ReceiptSigner.hs256(Drafts.SECRET));

    private static final int ENTRIES = 6;

    private static final int ANCHORED = 4;

    private static final SignedLog LOG = anchoredLog();

    private static final List<byte[]> ORIGINAL = LOG.entries();

    private static final List<byte[]> FORGED =
            new SignedLog("orders", "forger").append(ENTRIES + 2).entries();

    private static final List<byte[]> FOREIGN =
            new SignedLog("refunds", "another").append(ENTRIES).entries();

    private static SignedLog anchoredLog() {
        SignedLog log = new SignedLog("orders", "elsewhere");
        log.append(ANCHORED).anchor();
        return log.append(ENTRIES - ANCHORED);
    }

    private static Verification verify(List<byte[]> entries) {
        return new ReceiptVerifier(
                        SignedLog.store("orders", entries),
                        KEYS,
                        SignedHeads.of(Anchors.read(List.of(LOG), SignedLog.KEYS)))
                .verifyAll();
    }

    @Test
    void aChangeOfAnyOneByteIsFound() {
        for (int entry = 0; entry < 2; entry++) {
            byte[] original = ORIGINAL.get(entry);
            for (int position = 0; position < original.length; position++) {
                List<byte[]> changed = new ArrayList<>(ORIGINAL.subList(0, 3));
                byte[] bytes = original.clone();
                bytes[position] ^= 1;
                changed.set(entry, bytes);
                ReceiptVerifier verifier = new ReceiptVerifier(SignedLog.store("orders", changed), KEYS);

                assertThat(verifier.verifyLog("orders").valid())
                        .as("byte %s of entry %s", position, entry + 1)
                        .isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ReceiptKind.class)
    void aChangeOfAnyFieldOfAnyKindIsFound(ReceiptKind kind) {
        ReceiptLog log = Drafts.log(ReceiptStore.inMemory(10));
        Receipt receipt = log.append(draft(kind));
        assertThat(KEYS.stateOf(receipt)).isEqualTo(VerificationState.VALID);
        int[] changes = {0};

        changed(receipt.fields(), fields -> {
            changes[0]++;
            byte[] bytes = CanonicalJson.write(fields);
            Receipt read = Receipt.stored("test", 1, bytes);
            assertThat(KEYS.stateOf(read)).as("%s", fields).isNotEqualTo(VerificationState.VALID);
        });

        assertThat(changes[0]).isGreaterThan(40);
    }

    private static ReceiptDraft draft(ReceiptKind kind) {
        ReceiptDraft rich = Drafts.completed(Drafts.request(Drafts.run(), Map.of("id", 42L, "on", true)));
        return new ReceiptDraft(
                kind,
                rich.runId(),
                rich.actionId(),
                Drafts.id(),
                rich.timestamp(),
                rich.action(),
                rich.system(),
                "refund",
                rich.resource(),
                rich.reversibility(),
                Actor.of("support@example.org", "support"),
                Map.of("id", 42L, "list", List.of("a", true, 1.5)),
                "PASS",
                EnactMode.ENFORCE,
                rich.verdicts(),
                rich.outcome(),
                rich.actionsTaken(),
                Drafts.run(),
                List.of(Map.of("state", "RESTORED")),
                Map.of("id", "0190"));
    }

    /** Shows everything that is one change away: each member changed, taken out and added to. */
    private static void changed(Map<String, @Nullable Object> map, Consumer<Map<String, @Nullable Object>> visitor) {
        for (String name : map.keySet()) {
            Map<String, @Nullable Object> without = new LinkedHashMap<>(map);
            without.remove(name);
            visitor.accept(without);
            changedValue(map.get(name), value -> {
                Map<String, @Nullable Object> with = new LinkedHashMap<>(map);
                with.put(name, value);
                visitor.accept(with);
            });
        }
        Map<String, @Nullable Object> more = new LinkedHashMap<>(map);
        more.put("zz", "added");
        visitor.accept(more);
    }

    @SuppressWarnings("unchecked") // names in JSON are text
    private static void changedValue(@Nullable Object value, Consumer<@Nullable Object> visitor) {
        if (value instanceof Map<?, ?> map) {
            changed((Map<String, @Nullable Object>) map, visitor::accept);
        } else if (value instanceof List<?> list) {
            List<@Nullable Object> longer = new ArrayList<>(list);
            longer.add("added");
            visitor.accept(longer);
            for (int i = 0; i < list.size(); i++) {
                int index = i;
                List<@Nullable Object> shorter = new ArrayList<>(list);
                shorter.remove(index);
                visitor.accept(shorter);
                changedValue(list.get(index), element -> {
                    List<@Nullable Object> other = new ArrayList<>(list);
                    other.set(index, element);
                    visitor.accept(other);
                });
            }
        } else if (value instanceof Boolean flag) {
            visitor.accept(!flag);
        } else if (value instanceof Number number) {
            visitor.accept(number.longValue() + 1);
        } else {
            visitor.accept(value + "x");
            visitor.accept("");
        }
    }

    @Property(tries = 1000)
    void noSequenceOfManipulationsChangesWhatIsAnchored(@ForAll("manipulations") List<int[]> manipulations) {
        List<byte[]> entries = new ArrayList<>(ORIGINAL);
        manipulations.forEach(each -> manipulate(entries, each));

        Verification found = verify(entries);

        boolean anchoredPartIsThere = entries.size() >= ANCHORED;
        for (int i = 0; anchoredPartIsThere && i < ANCHORED; i++) {
            anchoredPartIsThere = Arrays.equals(entries.get(i), ORIGINAL.get(i));
        }
        if (found.valid()) {
            assertThat(anchoredPartIsThere).isTrue();
            // dropped in the last place is cut off
            long left = entries.stream()
                    .filter(entry -> entry != TamperedStore.DROPPED)
                    .count();
            assertThat(found.exposure().entries()).isEqualTo(left - ANCHORED);
        }
        if (entries.equals(ORIGINAL)) {
            assertThat(found.valid()).isTrue();
        }
    }

    private static void manipulate(List<byte[]> entries, int[] what) {
        if (entries.isEmpty()) {
            return;
        }
        int first = what[1] % entries.size();
        int second = what[2] % entries.size();
        switch (what[0]) {
            case 0 -> entries.set(first, TamperedStore.DROPPED);
            case 1 -> entries.remove(first);
            case 2 -> Collections.swap(entries, first, second);
            case 3 -> entries.add(second, entries.get(first));
            case 4 -> entries.set(first, FORGED.get(first % FORGED.size()));
            case 5 -> entries.set(first, FOREIGN.get(first % FOREIGN.size()));
            case 6 -> entries.subList(first, entries.size()).clear();
            case 7 -> {
                // from here on another history, signed with the true key
                entries.subList(first, entries.size()).clear();
                entries.addAll(FORGED.subList(Math.min(first, FORGED.size()), FORGED.size()));
            }
            case 8 -> {
                byte[] bytes = entries.get(first).clone();
                if (bytes.length > 0) {
                    bytes[what[2] % bytes.length] ^= (byte) (1 + what[1] % 255);
                    entries.set(first, bytes);
                }
            }
            default -> {
                entries.clear();
                entries.addAll(FORGED);
            }
        }
    }

    @Provide
    Arbitrary<List<int[]>> manipulations() {
        Arbitrary<Integer> numbers = Arbitraries.integers().between(0, 10_000);
        return Arbitraries.integers()
                .between(0, 9)
                .flatMap(kind -> numbers.flatMap(one -> numbers.map(two -> new int[] {kind, one, two})))
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    @Test
    void aClockThatJumpsBackBreaksNothing() {
        Duration[] offset = {Duration.ZERO};
        ReceiptStore store = ReceiptStore.inMemory(10);
        ReceiptLog log = ReceiptLog.direct(
                "orders", store, ReceiptSigner.hs256(Drafts.SECRET), Masking.defaults(), Clock.systemUTC());
        MerkleTree tree = new MerkleTree();
        SignedLog anchors = new SignedLog("orders", "elsewhere");
        for (int i = 0; i < 5; i++) {
            offset[0] = offset[0].minusDays(i % 2);
            tree.append(log.append(Drafts.at(Drafts.decided(Drafts.run()), Drafts.NOW.plus(offset[0])))
                    .bytes());
            // the time of a checkpoint goes back as well
            anchors.remember(SignedLog.SIGNER
                    .sign("orders", tree.size(), tree.root(), Drafts.NOW.plus(offset[0]))
                    .note());
        }

        Verification found = new ReceiptVerifier(
                        store, KEYS, SignedHeads.of(Anchors.read(List.of(anchors), SignedLog.KEYS)))
                .verifyAll();

        assertThat(found.valid()).isTrue();
        assertThat(found.exposure()).isEqualTo(new Exposure(0, 5, 0, null));
    }

    @Test
    void anExportOfMoreLogsThanCanBeToldApartEndsWithASentence() {
        ExportVerifier verifier = new ExportVerifier(KEYS, true);
        String template = new String(ORIGINAL.get(0), StandardCharsets.UTF_8);
        Throwable thrown = catchThrowable(() -> {
            for (int i = 0; i <= ExportVerifier.MAX_LOGS; i++) {
                verifier.add(template.replace("\"log\":\"orders\"", "\"log\":\"l" + i + "\"")
                        .getBytes(StandardCharsets.UTF_8));
            }
        });

        assertThat(thrown).isInstanceOf(ReceiptFormatException.class).hasMessageContaining("verify it in parts");
    }
}
