package cloud.enact.actuate.endpoint;

import cloud.enact.action.Actor;
import cloud.enact.action.RunId;
import cloud.enact.recovery.InDoubtAction;
import cloud.enact.recovery.ReconcileReport;
import cloud.enact.recovery.ReconcileRequest;
import cloud.enact.recovery.RecoveryService;
import cloud.enact.recovery.Resolution;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/** What the receipts endpoint shows of actions whose outcome was lost, and how they are settled there. Thread-safe. */
final class InDoubt {

    /** Stands where the id of a run may stand, and where a view of a run does. */
    static final String NAME = "in-doubt";

    /** Actions that are looked at for one answer. */
    private static final int LOOKED_AT = 50;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final RecoveryService recovery;

    private final Clock clock;

    InDoubt(RecoveryService recovery, Clock clock) {
        this.recovery = recovery;
        this.clock = clock;
    }

    /** All runs in doubt. */
    WebEndpointResponse<Map<String, @Nullable Object>> list() {
        return answer(this.recovery.look(LOOKED_AT, PATIENCE));
    }

    /** One run. */
    WebEndpointResponse<Map<String, @Nullable Object>> of(RunId runId) {
        return answer(this.recovery.look(runId));
    }

    private WebEndpointResponse<Map<String, @Nullable Object>> answer(List<InDoubtAction> actions) {
        Instant now = this.clock.instant();
        Map<String, List<Map<String, @Nullable Object>>> byRun = new LinkedHashMap<>();
        for (InDoubtAction action : actions) {
            byRun.computeIfAbsent(action.decision().runId().toString(), id -> new ArrayList<>())
                    .add(action.asMap(now));
        }
        List<Map<String, @Nullable Object>> runs = new ArrayList<>();
        byRun.forEach((runId, ofRun) -> {
            Map<String, @Nullable Object> run = new LinkedHashMap<>();
            run.put("run_id", runId);
            run.put("actions", ofRun);
            runs.add(run);
        });
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("in_doubt", actions.size());
        body.put("runs", runs);
        return new WebEndpointResponse<>(body);
    }

    /** Settles a run. */
    WebEndpointResponse<Map<String, @Nullable Object>> reconcile(
            RunId runId,
            @Nullable String actionId,
            @Nullable String outcome,
            Actor actor,
            @Nullable String claimedActor,
            @Nullable String reason,
            @Nullable String force) {
        ReconcileRequest request = BadRequestException.reading(
                () -> ReconcileRequest.of(runId, Resolution.parse((outcome != null) ? outcome : ""), actor, reason)
                        .only(action(actionId))
                        .claimedBy(claimedActor)
                        .forced(flag(force)));
        ReconcileReport report = BadRequestException.reading(() -> this.recovery.reconcile(request));
        int status = (report.result() == ReconcileReport.Result.REFUSED) ? 409 : WebEndpointResponse.STATUS_OK;
        return new WebEndpointResponse<>(report.asMap(this.clock.instant()), status);
    }

    private static @Nullable UUID action(@Nullable String text) {
        try {
            return (text != null) ? RunId.parse(text).value() : null;
        } catch (IllegalArgumentException ex) {
            throw new IllegalArgumentException("'action_id' is the id of an action, as 'in-doubt' shows it", ex);
        }
    }

    private static boolean flag(@Nullable String text) {
        if (text == null || text.equals("false")) {
            return false;
        }
        if (text.equals("true")) {
            return true;
        }
        throw new IllegalArgumentException("'force' is true or false here");
    }
}
