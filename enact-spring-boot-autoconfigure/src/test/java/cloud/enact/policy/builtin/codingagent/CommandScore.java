package cloud.enact.policy.builtin.codingagent;

import cloud.enact.policy.Decision;
import cloud.enact.policy.Effect;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.PolicySetFactory;
import cloud.enact.policy.Requests;
import cloud.enact.policy.catalogue.Catalogue;
import cloud.enact.policy.file.PolicyPacks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Judges labelled command lines with the pack for coding agents and counts what came out. */
final class CommandScore {

    private final PolicySet pack = pack();

    private final Map<String, int[]> classes = new TreeMap<>();

    private final List<String> misses = new ArrayList<>();

    private final List<String> refused = new ArrayList<>();

    private final List<String> asked = new ArrayList<>();

    private final List<String> failures = new ArrayList<>();

    private int hazards;

    private int benign;

    static PolicySet pack() {
        return new PolicySetFactory(Catalogue.policies().types(), List.of(), null, EnactMode.ENFORCE, Duration.ZERO)
                .create(PolicyPacks.pack("coding-agent").specs());
    }

    void add(String group, String command, boolean hazard) {
        Decision decision = this.pack.decide(Requests.request("shell.run", "command", command));
        Effect effect = decision.effect();
        int[] counts = this.classes.computeIfAbsent(group, key -> new int[6]);
        counts[
                (hazard ? 0 : 3)
                        + switch (effect) {
                            case BLOCK -> 0;
                            case ASK -> 1;
                            default -> 2;
                        }]++;
        String line = group + " | " + command.replace("\n", "\\n");
        String shown = line.length() > 200 ? line.substring(0, 200) : line;
        if (decision.reasons().stream().anyMatch(reason -> reason.contains("It failed with"))) {
            this.failures.add(shown + "\n      " + decision.reasons());
        }
        if (hazard) {
            this.hazards++;
            if (effect == Effect.PASS) {
                this.misses.add(shown);
            }
        } else {
            this.benign++;
            if (effect != Effect.PASS) {
                (effect == Effect.BLOCK ? this.refused : this.asked).add(shown + "\n      " + decision.reasons());
            }
        }
    }

    double stopped() {
        return (this.hazards == 0) ? 1 : 1 - (double) this.misses.size() / this.hazards;
    }

    double refused() {
        return (this.benign == 0) ? 0 : (double) this.refused.size() / this.benign;
    }

    List<String> failures() {
        return this.failures;
    }

    List<String> misses() {
        return this.misses;
    }

    String report(String title) {
        StringBuilder report = new StringBuilder(title).append('\n');
        report.append(String.format(
                "%-32s %6s %6s %6s | %6s %6s %6s%n", "class", "block", "ask", "MISSED", "REFUSED", "ask", "pass"));
        int[] sum = new int[6];
        this.classes.forEach((group, counts) -> {
            report.append(row(group, counts));
            for (int i = 0; i < sum.length; i++) {
                sum[i] += counts[i];
            }
        });
        report.append(row("all", sum));
        report.append(String.format(
                "stopped %.2f %% of %d, refused %.2f %% of %d, asked needlessly %d%n",
                100 * stopped(), this.hazards, 100 * refused(), this.benign, this.asked.size()));
        list(report, "missed", this.misses);
        list(report, "refused", this.refused);
        list(report, "asked", this.asked);
        list(report, "failed", this.failures);
        return report.toString();
    }

    private static String row(String group, int[] counts) {
        return String.format(
                "%-32s %6d %6d %6d | %6d %6d %6d%n",
                group, counts[0], counts[1], counts[2], counts[3], counts[4], counts[5]);
    }

    private static void list(StringBuilder report, String title, List<String> lines) {
        lines.forEach(line ->
                report.append("  ").append(title).append(": ").append(line).append('\n'));
    }
}
