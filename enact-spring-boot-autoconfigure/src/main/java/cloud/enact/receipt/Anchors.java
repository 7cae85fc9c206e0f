package cloud.enact.receipt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Checkpoints that were remembered outside the store, with good signatures; of each log in ascending size. Takes about
 * 40 bytes for each. Immutable, thread-safe.
 */
public final class Anchors {

    /** Checkpoints that are remembered at most. The newest says all that those before it say, unless they contradict. */
    private static final int MAX = 2_000_000;

    private static final int MAX_SOURCES = 256;

    /** Of a place with so many forged ones no further signature is checked: each costs time, and enough is known. */
    private static final int MAX_FORGED = 1000;

    private static final int MAX_LOGS = ExportVerifier.MAX_LOGS;

    private final Map<String, AnchoredHeads> logs;

    private final List<String> sources;

    private final List<VerificationProblem> problems;

    private Anchors(Map<String, AnchoredHeads> logs, List<String> sources, List<VerificationProblem> problems) {
        this.logs = Map.copyOf(logs);
        this.sources = List.copyOf(sources);
        this.problems = List.copyOf(problems);
    }

    /** No checkpoints. */
    public static Anchors none() {
        return new Anchors(Map.of(), List.of(), List.of());
    }

    /**
     * Reads what places outside the store remember. What is no checkpoint is passed over: a crash may leave half of
     * one. A forged one, and a place of which no checkpoint can be checked, are problems of the verification.
     *
     * @throws ReceiptFormatException when they are of too many logs to read them at once
     * @throws ReceiptStoreException when a place can't be read
     */
    public static Anchors read(List<? extends AnchorSource> sources, CheckpointKeys keys) {
        return read(sources, keys, log -> 0);
    }

    /** As {@link #read(List, CheckpointKeys)}, with no more than so many in memory. */
    static Anchors read(List<? extends AnchorSource> sources, CheckpointKeys keys, int most) {
        return read(sources, keys, log -> 0, most);
    }

    /**
     * As {@link #read(List, CheckpointKeys)}, without those that were compared before.
     *
     * @param from size of a log above which checkpoints count
     */
    static Anchors read(List<? extends AnchorSource> sources, CheckpointKeys keys, ToLongFunction<String> from) {
        return read(sources, keys, from, MAX);
    }

    private static Anchors read(
            List<? extends AnchorSource> sources, CheckpointKeys keys, ToLongFunction<String> from, int most) {
        if (sources.size() > MAX_SOURCES) {
            throw new ReceiptFormatException("Checkpoints are read from at most " + MAX_SOURCES + " places", null);
        }
        Reader reader = new Reader(keys, from, most);
        sources.forEach(reader::read);
        return reader.anchors();
    }

    boolean knows(String log) {
        return this.logs.containsKey(log);
    }

    /** Ids of the logs there are checkpoints of. */
    Set<String> logs() {
        return new TreeSet<>(this.logs.keySet());
    }

    @Nullable
    AnchoredHeads of(String log) {
        return this.logs.get(log);
    }

    /** How many there are of a log. */
    public long count(String log) {
        AnchoredHeads heads = this.logs.get(log);
        return (heads != null) ? heads.count() : 0;
    }

    /** Largest size of a log that one of them says, or 0. */
    long newest(String log) {
        AnchoredHeads heads = this.logs.get(log);
        return (heads != null && heads.count() > 0) ? heads.size(heads.count() - 1) : 0;
    }

    /** Name of the place a checkpoint is from. */
    String source(int number) {
        return this.sources.get(number);
    }

    /** What is wrong with the checkpoints themselves. */
    List<VerificationProblem> problems() {
        return this.problems;
    }

    private static final class Reader {

        private final CheckpointKeys keys;

        private final ToLongFunction<String> from;

        private final int most;

        private final Map<String, AnchoredHeads> logs = new HashMap<>();

        private final List<String> sources = new ArrayList<>();

        private final List<VerificationProblem> problems = new ArrayList<>();

        private int count;

        private long genuine;

        private long forged;

        private long unknown;

        private Reader(CheckpointKeys keys, ToLongFunction<String> from, int most) {
            this.keys = keys;
            this.from = from;
            this.most = most;
        }

        private void read(AnchorSource source) {
            this.sources.add(source.name());
            // in order it is found quickly what an earlier place had already
            this.logs.replaceAll((log, heads) -> heads.inOrder());
            this.genuine = 0;
            this.forged = 0;
            this.unknown = 0;
            try {
                source.notes(this::note);
            } catch (ReceiptFormatException ex) {
                throw ex;
            } catch (Exception ex) {
                throw new ReceiptStoreException(
                        "The checkpoints in " + source.name() + " can't be read ("
                                + ex.getClass().getSimpleName() + ")",
                        ex);
            }
            if (this.forged > 0) {
                problem(((this.forged < MAX_FORGED) ? "" : "at least ") + this.forged + " in " + source.name()
                        + " with a signature that does not fit: altered or forged");
            }
            if (this.genuine == 0 && this.unknown > 0) {
                problem("none of " + this.unknown + " in " + source.name()
                        + " is signed with a checkpoint key that is known here; add the key");
            }
        }

        private void problem(String detail) {
            this.problems.add(new VerificationProblem(
                    "", 0, VerificationState.FORGED_CHECKPOINT, "checkpoints outside the store: " + detail));
        }

        private void note(String note) {
            Checkpoint checkpoint;
            try {
                SignedNote signed = SignedNote.parse(note);
                CheckpointText text = CheckpointText.parse(signed.text());
                if (text.size() <= this.from.applyAsLong(text.log()) || isKnown(text)) {
                    this.genuine++;
                    return;
                }
                if (this.forged >= MAX_FORGED) {
                    return;
                }
                if (!this.keys.know(signed)) {
                    this.unknown++;
                    return;
                }
                checkpoint = this.keys.open(note);
            } catch (CheckpointSignatureException ex) {
                this.forged++;
                return;
            } catch (ReceiptFormatException ex) {
                // half a record, or something else altogether
                return;
            }
            this.genuine++;
            AnchoredHeads heads = this.logs.get(checkpoint.log());
            if (heads == null) {
                if (this.logs.size() == MAX_LOGS) {
                    throw new ReceiptFormatException(
                            "There are checkpoints of more than " + MAX_LOGS + " logs; compare with a part of them",
                            null);
                }
                heads = new AnchoredHeads();
                this.logs.put(checkpoint.log(), heads);
            }
            heads.add(checkpoint.size(), checkpoint.root(), this.sources.size() - 1);
            if (++this.count > this.most) {
                this.logs.replaceAll((log, all) -> all.thinned());
                this.count = this.logs.values().stream()
                        .mapToInt(AnchoredHeads::count)
                        .sum();
            }
        }

        /** One that says what another one proved adds nothing, so nobody need look at its signature. */
        private boolean isKnown(CheckpointText text) {
            AnchoredHeads heads = this.logs.get(text.log());
            return heads != null && heads.has(text.size(), text.root());
        }

        private Anchors anchors() {
            this.logs.replaceAll((log, heads) -> heads.inOrder());
            return new Anchors(this.logs, this.sources, this.problems);
        }
    }
}
