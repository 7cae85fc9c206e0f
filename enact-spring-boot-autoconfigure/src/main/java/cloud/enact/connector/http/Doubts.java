package cloud.enact.connector.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds out by looking whether a change whose answer was lost took effect. */
final class Doubts {

    private final Remote remote;

    Doubts(Remote remote) {
        this.remote = remote;
    }

    /** What looking told. */
    enum Finding {
        HAPPENED,
        NOTHING,
        UNKNOWN
    }

    /**
     * What was found.
     *
     * @param finding whether it happened
     * @param result what its answer would have held, as far as that was found
     */
    record Found(Finding finding, Map<String, @Nullable Object> result) {}

    Found find(HttpOperation operation, Values values, @Nullable State before, Eye eye) {
        if (operation.probe() != null) {
            return probe(operation.probe(), values, eye);
        }
        if (operation.capture() != null && before != null) {
            return new Found(compare(operation.capture(), values, before, eye), Map.of());
        }
        return new Found(Finding.UNKNOWN, Map.of());
    }

    private Found probe(Probe probe, Values values, Eye eye) {
        Call call = probe.request().render(values);
        Answer answer = eye.look(call);
        Map<String, @Nullable Object> result = Remote.result(probe.result(), answer, false);
        if (probe.found().holds(answer, values)
                && result.keySet().equals(probe.result().keySet())) {
            return new Found(Finding.HAPPENED, result);
        }
        boolean told = answer.isSuccess() && answer.document() != Values.ABSENT || answer.status() == 404;
        if (!told) {
            throw this.remote.told().refused(call, answer);
        }
        // something that isn't ours may be there because the server doesn't search by what we asked for
        boolean nothing =
                answer.status() == 404 || probe.places().allMatch(place -> place.isEmptyIn(answer.document()));
        return new Found(nothing ? Finding.NOTHING : Finding.UNKNOWN, Map.of());
    }

    private Finding compare(Look look, Values values, State before, Eye eye) {
        Call call = look.request().render(values);
        State now = this.remote.state(look, call, eye.look(call), values);
        if (now.same(before)) {
            return Finding.NOTHING;
        }
        State expected = look.expected(values);
        return (expected != null && now.same(expected)) ? Finding.HAPPENED : Finding.UNKNOWN;
    }
}
