package cloud.enact.bench.soak;

import cloud.enact.faults.CrashingServer;
import cloud.enact.receipt.ReceiptStoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.springframework.util.FileSystemUtils;

/**
 * Appends receipts at a steady rate for a long time, kills the database in the middle and starts it again after a
 * while, then looks whether every acknowledged receipt is there, as it was acknowledged, in a chain that verifies. The
 * live heap over time is written as a table and as a picture.
 *
 * <p>Arguments: receipts per second, seconds, seconds of the outage (0 for none), {@code postgres} or {@code embedded},
 * a folder for the results.
 */
public final class ReceiptSoak {

    private static final int PRODUCERS = 64;

    private static final long SECOND = 1_000_000_000L;

    private final int rate;

    private final int seconds;

    private final int outage;

    private final Path results;

    private final AtomicBoolean stopped = new AtomicBoolean();

    private final AtomicLong acknowledged = new AtomicLong();

    private final AtomicLong refused = new AtomicLong();

    private ReceiptSoak(int rate, int seconds, int outage, Path results) {
        this.rate = rate;
        this.seconds = seconds;
        this.outage = outage;
        this.results = results;
    }

    public static void main(String[] args) throws Exception {
        ReceiptSoak soak = new ReceiptSoak(
                Integer.parseInt(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]), Path.of(args[4]));
        Files.createDirectories(soak.results);
        if (args[3].equals("embedded")) {
            Path folder = soak.results.resolve("embedded");
            FileSystemUtils.deleteRecursively(folder);
            soak.run(SoakedLog.embedded(folder), null);
            return;
        }
        Path data = soak.results.resolve("postgres");
        FileSystemUtils.deleteRecursively(data);
        try (CrashingServer server = new CrashingServer(data)) {
            soak.run(SoakedLog.postgres(server.url()), server);
        }
    }

    private void run(SoakedLog log, CrashingServer server) throws Exception {
        HeapSamples heap = new HeapSamples();
        try (log;
                Acknowledgements known = new Acknowledgements(this.results.resolve("acknowledged.bin"))) {
            List<Thread> producers = new ArrayList<>();
            long start = System.nanoTime();
            for (int i = 0; i < PRODUCERS; i++) {
                int number = i;
                Thread producer = new Thread(() -> produce(log, known, start, number), "producer-" + i);
                producer.start();
                producers.add(producer);
            }
            watch(heap, server, start);
            this.stopped.set(true);
            for (Thread producer : producers) {
                producer.join();
            }
            double elapsed = (System.nanoTime() - start) / (double) SECOND;
            System.out.printf(
                    Locale.ROOT,
                    "%,d receipts acknowledged in %.0f s (%,.0f/s), %,d refused%n",
                    this.acknowledged.get(),
                    elapsed,
                    this.acknowledged.get() / elapsed,
                    this.refused.get());
            log.check(known, this.acknowledged.get());
        }
        heap.writeTable(this.results.resolve("heap.csv"));
        heap.draw(this.results.resolve("heap.svg"), this.rate + " receipts per second");
        System.out.println(heap.summary());
    }

    /** Keeps to the rate on the average: what an outage held up is made up for. */
    private void produce(SoakedLog log, Acknowledgements known, long start, int number) {
        // a call leaves two receipts
        long pause = 2 * SECOND * PRODUCERS / this.rate;
        long due = start + pause * number / PRODUCERS;
        while (!this.stopped.get()) {
            long now = System.nanoTime();
            if (now < due) {
                LockSupport.parkNanos(due - now);
                continue;
            }
            due += pause;
            try {
                log.append(receipt -> {
                    known.add(receipt);
                    this.acknowledged.incrementAndGet();
                });
            } catch (ReceiptStoreException ex) {
                this.refused.incrementAndGet();
            }
        }
    }

    private void watch(HeapSamples heap, CrashingServer server, long start) throws IOException {
        long end = start + this.seconds * SECOND;
        long interval = Math.max(1, this.seconds / 120) * SECOND;
        long down = start + (end - start) / 2;
        long up = down + this.outage * SECOND;
        boolean killed = server == null || this.outage == 0;
        boolean restarted = killed;
        for (long next = start; next < end; next += interval) {
            while (System.nanoTime() < next) {
                LockSupport.parkNanos(SECOND / 20);
                if (!killed && System.nanoTime() >= down) {
                    server.kill();
                    killed = true;
                    System.out.println("database killed after " + this.acknowledged.get() + " receipts");
                }
                if (killed && !restarted && System.nanoTime() >= up) {
                    server.restart();
                    restarted = true;
                    System.out.println("database started again");
                }
            }
            heap.take((System.nanoTime() - start) / (double) SECOND, this.acknowledged.get(), this.refused.get());
        }
    }
}
