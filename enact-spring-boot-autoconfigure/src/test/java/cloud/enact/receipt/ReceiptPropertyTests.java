package cloud.enact.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.analysis.credential.CredentialDetector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** What holds for any value and any change. */
class ReceiptPropertyTests {

    private static final int ENTRIES = 4;

    private final ReceiptKeys keys = ReceiptKeys.of(ReceiptSigner.hs256(Drafts.SECRET));

    private final List<byte[]> chain = chain();

    private static List<byte[]> chain() {
        ReceiptLog log = Drafts.log(ReceiptStore.inMemory(ENTRIES));
        List<byte[]> chain = new ArrayList<>();
        for (int i = 0; i < ENTRIES; i++) {
            chain.add(log.append(Drafts.decided(Drafts.run())).bytes());
        }
        return chain;
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void anyValueHasOneCanonicalFormThatReadsAndWritesBack(@ForAll("values") @Nullable Object value) {
        byte[] canonical = CanonicalJson.write(value);

        Object read = CanonicalJson.parse(canonical);

        assertThat(CanonicalJson.write(read)).isEqualTo(canonical);
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void theOrderOfAMapDoesNotMatter(@ForAll("maps") Map<String, Object> map) {
        Map<String, Object> reversed = new TreeMap<>(Comparator.reverseOrder());
        reversed.putAll(map);

        assertThat(CanonicalJson.write(reversed)).isEqualTo(CanonicalJson.write(map));
    }

    @Property(tries = 500)
    void doublesReadBackToTheSameBits(@ForAll("doubles") double number) {
        double read = ((Number) CanonicalJson.parse(CanonicalJson.write(number))).doubleValue();

        assertThat(read).isEqualTo(number == 0 ? 0.0 : number);
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void masksNeverMakeJsonThatDoesNotRead(@ForAll("maps") Map<String, Object> map) {
        Masking tight = new Masking(new CredentialDetector(), List.of(), new ReceiptLimits(128, 8, 1024));

        assertThat(CanonicalJson.write(tight.mask(map)).length).isLessThanOrEqualTo(1024);
    }

    @Property(tries = 1000)
    void anyChangedByteOfAChainIsFound(
            @ForAll @IntRange(max = ENTRIES - 1) int entry,
            @ForAll @IntRange(max = 100_000) int position,
            @ForAll @IntRange(min = 1, max = 255) int change) {
        List<byte[]> changed = new ArrayList<>(this.chain);
        byte[] bytes = changed.get(entry).clone();
        bytes[position % bytes.length] ^= (byte) change;
        changed.set(entry, bytes);

        assertThat(verify(changed).valid()).isFalse();
        assertThat(verify(this.chain).valid()).isTrue();
    }

    @Property(tries = 200)
    void anyCutOrGrownEntryIsFound(
            @ForAll @IntRange(max = ENTRIES - 1) int entry, @ForAll @IntRange(max = 3000) int length) {
        List<byte[]> changed = new ArrayList<>(this.chain);
        byte[] bytes = changed.get(entry);
        changed.set(entry, Arrays.copyOf(bytes, (length == bytes.length) ? length + 1 : length));

        assertThat(verify(changed).valid()).isFalse();
    }

    private Verification verify(List<byte[]> entries) {
        return new ReceiptVerifier(new TamperedStore("test", entries), this.keys).verifyLog("test");
    }

    @Provide
    Arbitrary<Double> doubles() {
        return Arbitraries.longs().map(Double::longBitsToDouble).filter(Double::isFinite);
    }

    @Provide
    Arbitrary<Object> values() {
        Arbitrary<Object> scalars = Arbitraries.oneOf(
                strings(),
                Arbitraries.longs(),
                doubles(),
                Arbitraries.of(true, false),
                Arbitraries.bigIntegers().between(BigInteger.TWO.pow(70).negate(), BigInteger.TWO.pow(70)),
                Arbitraries.bigDecimals()
                        .between(BigDecimal.valueOf(-1e20), BigDecimal.valueOf(1e20))
                        .ofScale(6),
                Arbitraries.just((Object) Double.NaN).injectNull(0.5));
        // edge cases of edge cases are too many for the memory; the strings have theirs
        return Arbitraries.recursive(
                () -> scalars.withoutEdgeCases(),
                inner -> Arbitraries.oneOf(
                        inner.list().ofMaxSize(4).map(list -> (Object) list),
                        Arbitraries.maps(strings(), inner).ofMaxSize(4).map(map -> (Object) map)),
                0,
                3);
    }

    @Provide
    Arbitrary<Map<String, Object>> maps() {
        return Arbitraries.maps(strings(), values()).ofMaxSize(5).map(HashMap::new);
    }

    private static Arbitrary<String> strings() {
        // all characters, halves of surrogate pairs among them
        return Arbitraries.strings().all().ofMaxLength(20);
    }
}
