package cloud.enact.approval;

import cloud.enact.action.ActionEffect;
import cloud.enact.action.Actor;
import cloud.enact.action.Arguments;
import cloud.enact.action.Printable;
import cloud.enact.action.ReadableTime;
import cloud.enact.action.StrictJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request in the words every channel and page shows to people, bounded and free of characters that can't be seen.
 * None of it is escaped for HTML or anything else.
 */
public final class ApprovalView {

    private static final int LONGEST_LINE = 200;

    private static final int LONGEST_VALUE = 2_000;

    private static final int LONGEST_ARGUMENTS = 12_000;

    private static final int MOST_ARGUMENTS = 50;

    private static final int MOST_TABLES = 20;

    private static final StrictJson JSON = new StrictJson(LONGEST_VALUE, Arguments.MAX_DEPTH);

    private final ApprovalRequest request;

    /** The request in these words. */
    public ApprovalView(ApprovalRequest request) {
        this.request = request;
    }

    /**
     * Something with a name.
     *
     * @param name on one line
     * @param value on one or several lines
     */
    public record Line(String name, String value) {}

    /** The ticket. */
    public String ticket() {
        return this.request.id().toString();
    }

    /** Name of the action. */
    public String action() {
        return Printable.line(this.request.asked().action(), LONGEST_LINE);
    }

    /** Who asks. */
    public String requester() {
        Actor actor = this.request.asked().requester();
        String name = Printable.line(actor.id(), LONGEST_LINE);
        if (actor.agent() != null) {
            name += " through " + Printable.line(actor.agent(), LONGEST_LINE);
        }
        if (actor.onBehalfOf() != null) {
            name += " for " + Printable.line(actor.onBehalfOf(), LONGEST_LINE);
        }
        return name;
    }

    /** The arguments, masked. Where they are long, each gets less room, so that none hides those behind it. */
    public List<Line> arguments() {
        Map<String, String> texts = new LinkedHashMap<>();
        Map<String, @Nullable Object> payload = this.request.asked().payload();
        payload.entrySet().stream()
                .limit(MOST_ARGUMENTS)
                .forEach(argument -> texts.put(argument.getKey(), text(argument.getValue())));
        long room = texts.values().stream()
                .mapToInt(text -> Math.min(text.length(), LONGEST_VALUE))
                .sum();
        int longest = (room > LONGEST_ARGUMENTS) ? LONGEST_ARGUMENTS / MOST_ARGUMENTS : LONGEST_VALUE;
        List<Line> lines = new ArrayList<>();
        texts.forEach((name, text) ->
                lines.add(new Line(Printable.line(name, LONGEST_LINE), Printable.lines(text, longest))));
        if (payload.size() > MOST_ARGUMENTS) {
            lines.add(new Line("…", "and " + (payload.size() - MOST_ARGUMENTS) + " more"));
        }
        return lines;
    }

    private static String text(@Nullable Object value) {
        return (value instanceof String text) ? text : JSON.write(value);
    }

    /** The policies that want a person to look at it, and why. */
    public List<Line> asks() {
        return this.request.asked().asks().stream()
                .limit(MOST_ARGUMENTS)
                .map(ask -> new Line(
                        Printable.line(ask.policy(), LONGEST_LINE), Printable.lines(ask.reason(), LONGEST_VALUE)))
                .toList();
    }

    /** How much it changes, as a sentence or two. */
    public String effect() {
        ActionEffect effect = this.request.asked().effect();
        if (effect == null) {
            return "Nobody has measured how much it changes.";
        }
        if (effect.tables().isEmpty() && effect.unmeasured().isEmpty()) {
            return "It was measured, and changes no rows.";
        }
        String measured = effect.tables().isEmpty()
                ? ""
                : "Changes " + rows(effect.rows()) + ": "
                        + effect.tables().entrySet().stream()
                                .limit(MOST_TABLES)
                                .map(table ->
                                        rows(table.getValue()) + " of " + Printable.line(table.getKey(), LONGEST_LINE))
                                .collect(Collectors.joining(", "))
                        + ". ";
        String unmeasured = effect.unmeasured().isEmpty()
                ? ""
                : "Nobody knows how many rows of "
                        + effect.unmeasured().stream()
                                .limit(MOST_TABLES)
                                .map(table -> Printable.line(table, LONGEST_LINE))
                                .collect(Collectors.joining(", "))
                        + " it changes.";
        return (measured + unmeasured).strip();
    }

    private static String rows(long count) {
        return (count == 1) ? "1 row" : String.format(Locale.ENGLISH, "%,d rows", count);
    }

    /** Whether it can be taken back, as a sentence. */
    public String reversibility() {
        return switch (this.request.asked().reversibility()) {
            case READ_ONLY -> "It changes nothing.";
            case REVERSIBLE -> "It can be taken back: the old state comes back exactly.";
            case COMPENSATABLE -> "It can be made good afterwards, and leaves a trace.";
            case IRREVERSIBLE -> "It can't be taken back.";
        };
    }

    /** How many people it takes, and of which groups, as a sentence; empty where anybody alone can answer. */
    public String quorum() {
        ApprovalTerms terms = this.request.terms();
        String groups = terms.groups().stream()
                .sorted()
                .map(group -> Printable.line(group, LONGEST_LINE))
                .collect(Collectors.joining(", "));
        if (terms.approvers() == 1 && groups.isEmpty()) {
            return "";
        }
        String people = (terms.approvers() == 1) ? "one person" : terms.approvers() + " different people";
        long yes =
                this.request.answers().stream().filter(ApprovalAnswer::approved).count();
        return "It takes " + people + (groups.isEmpty() ? "" : " of " + groups) + " to approve it"
                + ((yes > 0) ? "; " + yes + " did so far." : ".");
    }

    /** When it was asked. */
    public String asked() {
        return time(this.request.timestamp());
    }

    /** Until when it can be answered. */
    public String until() {
        return time(this.request.terms().expiresAt());
    }

    private static String time(Instant time) {
        return ReadableTime.of(time) + " UTC";
    }

    /** What became of it, as a sentence. */
    public String state() {
        return switch (this.request.state()) {
            case PENDING -> "It waits for an answer.";
            case APPROVED -> "It is approved, and can be repeated once.";
            case USED -> "It was approved, and the approval is used up.";
            case DENIED -> "It was denied.";
            case EXPIRED -> "Nobody answered in time, so it counts as denied.";
            case VOID -> "What was asked about has changed, so nothing came of it.";
        };
    }
}
