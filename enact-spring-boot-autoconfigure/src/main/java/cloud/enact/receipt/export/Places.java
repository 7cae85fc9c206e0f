package cloud.enact.receipt.export;

import cloud.enact.receipt.Receipt;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/** Where the receipts of a bundle stand, log by log: a few bytes for each. Not thread-safe. */
final class Places {

    /** Receipts that a bundle of parts of logs may hold. */
    static final int MOST = 1_000_000;

    private final Map<String, Seqs> logs = new LinkedHashMap<>();

    private int count;

    private static final class Seqs {

        private long[] values = new long[16];

        private int size;
    }

    static Places of(Iterator<Receipt> receipts) {
        Places places = new Places();
        receipts.forEachRemaining(places::add);
        return places;
    }

    private void add(Receipt receipt) {
        if (++this.count > MOST) {
            throw new IllegalArgumentException("A bundle of a part of a log holds at most " + MOST
                    + " receipts; ask for less, or for whole logs, which have no such limit");
        }
        Seqs seqs = this.logs.computeIfAbsent(receipt.log(), log -> new Seqs());
        if (seqs.size == seqs.values.length) {
            seqs.values = Arrays.copyOf(seqs.values, seqs.size * 2);
        }
        seqs.values[seqs.size++] = receipt.seq();
    }

    Set<String> logs() {
        return this.logs.keySet();
    }

    /** The last place in a log, or 0. */
    long last(String log) {
        Seqs seqs = this.logs.get(log);
        return (seqs != null) ? seqs.values[seqs.size - 1] : 0;
    }

    /** Places in a log from a position on, none beyond the size of a checkpoint. */
    List<Long> batch(String log, int from, int most, long size) {
        Seqs seqs = this.logs.get(log);
        if (seqs == null || from >= seqs.size) {
            return List.of();
        }
        return LongStream.of(Arrays.copyOfRange(seqs.values, from, Math.min(seqs.size, from + most)))
                .filter(seq -> seq >= 1 && seq <= size)
                .distinct()
                .boxed()
                .toList();
    }

    int count(String log) {
        Seqs seqs = this.logs.get(log);
        return (seqs != null) ? seqs.size : 0;
    }
}
