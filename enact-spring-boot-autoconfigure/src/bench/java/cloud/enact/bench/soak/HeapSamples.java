package cloud.enact.bench.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The live heap over time: what is left after a full collection. */
final class HeapSamples {

    private static final int WIDTH = 720;

    private static final int HEIGHT = 240;

    private static final int MARGIN = 40;

    private static final double MEGABYTE = 1024 * 1024;

    private final List<Sample> samples = new ArrayList<>();

    private record Sample(double seconds, double megabytes, long acknowledged, long refused) {}

    void take(double seconds, long acknowledged, long refused) {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        double megabytes = (runtime.totalMemory() - runtime.freeMemory()) / MEGABYTE;
        this.samples.add(new Sample(seconds, megabytes, acknowledged, refused));
        System.out.printf(
                Locale.ROOT,
                "%6.0f s %6.1f MB live %,12d acknowledged %,8d refused%n",
                seconds,
                megabytes,
                acknowledged,
                refused);
    }

    void writeTable(Path file) throws IOException {
        List<String> lines = new ArrayList<>(List.of("seconds,megabytes,acknowledged,refused"));
        for (Sample sample : this.samples) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%.0f,%.1f,%d,%d",
                    sample.seconds(),
                    sample.megabytes(),
                    sample.acknowledged(),
                    sample.refused()));
        }
        Files.write(file, lines);
    }

    /** First and last quarter beside each other: what grows shows there. */
    String summary() {
        int quarter = Math.max(1, this.samples.size() / 4);
        return String.format(
                Locale.ROOT,
                "live heap: %.1f MB on the average of the second quarter, %.1f MB of the last, %.1f MB at most",
                average(this.samples.subList(quarter, Math.max(quarter + 1, 2 * quarter))),
                average(this.samples.subList(this.samples.size() - quarter, this.samples.size())),
                this.samples.stream().mapToDouble(Sample::megabytes).max().orElseThrow());
    }

    private static double average(List<Sample> samples) {
        return samples.stream().mapToDouble(Sample::megabytes).average().orElseThrow();
    }

    void draw(Path file, String title) throws IOException {
        double most = this.samples.stream().mapToDouble(Sample::megabytes).max().orElseThrow() * 1.25;
        double last = this.samples.get(this.samples.size() - 1).seconds();
        StringBuilder line = new StringBuilder();
        for (Sample sample : this.samples) {
            line.append(String.format(
                    Locale.ROOT,
                    "%.1f,%.1f ",
                    MARGIN + sample.seconds() / last * (WIDTH - 2 * MARGIN),
                    HEIGHT - MARGIN - sample.megabytes() / most * (HEIGHT - 2 * MARGIN)));
        }
        String svg = """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" font-family="sans-serif" font-size="12">
                  <rect width="%1$d" height="%2$d" fill="white"/>
                  <text x="%3$d" y="20">live heap in MB at %4$s</text>
                  <path d="M%3$d %3$dV%5$dH%6$d" fill="none" stroke="#444"/>
                  <text x="%7$d" y="%8$d" text-anchor="end">%9$.0f</text>
                  <text x="%7$d" y="%5$d" text-anchor="end">0</text>
                  <text x="%6$d" y="%10$d" text-anchor="end">%11$.0f minutes</text>
                  <polyline points="%12$s" fill="none" stroke="#0a6cbf" stroke-width="2"/>
                </svg>
                """.formatted(
                        WIDTH,
                        HEIGHT,
                        MARGIN,
                        title,
                        HEIGHT - MARGIN,
                        WIDTH - MARGIN,
                        MARGIN - 6,
                        MARGIN + 4,
                        most,
                        HEIGHT - MARGIN + 18,
                        last / 60,
                        line.toString().strip());
        Files.writeString(file, svg);
    }
}
