package cloud.enact.actuate.endpoint;

import cloud.enact.action.Actor;
import cloud.enact.rollback.PruneReport;
import cloud.enact.undo.postgres.CaptureDatabase;
import cloud.enact.undo.postgres.CaptureException;
import cloud.enact.undo.postgres.CapturePlan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * Actuator endpoint that looks after the capture objects of the application's databases. Thread-safe.
 *
 * <ul>
 *   <li>{@code GET postgres}: what is missing in each database, as SQL
 *   <li>{@code POST postgres} with {@code {"operation":"install"}}: makes that
 *   <li>{@code POST postgres} with {@code {"operation":"prune"}}: removes undo data that is older than it is kept
 * </ul>
 *
 * <p>Read-only unless {@code management.endpoint.postgres.access} says otherwise. Capture objects are never removed
 * this way: all undo data would go with them.
 */
@Endpoint(id = "postgres", defaultAccess = Access.READ_ONLY)
public final class PostgresEndpoint {

    private static final Log logger = LogFactory.getLog(PostgresEndpoint.class);

    private final Supplier<Map<String, CaptureDatabase>> databases;

    private final BiFunction<String, Actor, PruneReport> pruner;

    /**
     * Makes the endpoint.
     *
     * @param databases the databases by the name of their data source
     * @param pruner prunes one of them
     */
    public PostgresEndpoint(
            Supplier<Map<String, CaptureDatabase>> databases, BiFunction<String, Actor, PruneReport> pruner) {
        this.databases = databases;
        this.pruner = pruner;
    }

    /** Says what is missing in each database. */
    @ReadOperation
    public WebEndpointResponse<Map<String, @Nullable Object>> status() {
        return answer(() -> each(
                this.databases.get(), database -> describe(database.getValue().plan(), true)));
    }

    /**
     * Looks after databases.
     *
     * @param operation {@code install} or {@code prune}
     * @param database name of a data source; all of them if nothing is said
     */
    @WriteOperation
    public WebEndpointResponse<Map<String, @Nullable Object>> change(
            @Nullable String operation, @Nullable String database, SecurityContext securityContext) {
        return answer(() -> {
            boolean install = "install".equals(operation);
            if (!install && !"prune".equals(operation)) {
                throw new BadRequestException("'operation' is one of install, prune");
            }
            Map<String, CaptureDatabase> chosen = this.databases.get();
            if (database != null) {
                CaptureDatabase one = chosen.get(database);
                if (one == null) {
                    throw new BadRequestException("'database' is one of " + chosen.keySet());
                }
                chosen = Map.of(database, one);
            }
            Actor requester = Requester.of(securityContext.getPrincipal());
            logger.info("Undo data: " + (install ? "install" : "prune") + " by " + requester.id());
            return each(
                    chosen,
                    entry -> install
                            ? describe(entry.getValue().install(), false)
                            : this.pruner.apply(entry.getKey(), requester).asMap());
        });
    }

    private static Map<String, @Nullable Object> describe(CapturePlan plan, boolean planned) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("complete", !planned || plan.isEmpty());
        map.put("statements", plan.statements().size());
        map.put("tables", plan.tables().stream().map(Object::toString).toList());
        map.put("skipped", plan.skipped());
        if (planned && !plan.isEmpty()) {
            map.put("sql", plan.script());
        }
        return map;
    }

    /** One database that has a problem does not keep the others from being looked after. */
    private static Map<String, @Nullable Object> each(
            Map<String, CaptureDatabase> databases,
            Function<Map.Entry<String, CaptureDatabase>, Map<String, @Nullable Object>> work) {
        Map<String, @Nullable Object> answers = new LinkedHashMap<>();
        for (Map.Entry<String, CaptureDatabase> database : databases.entrySet()) {
            try {
                answers.put(database.getKey(), work.apply(database));
            } catch (CaptureException ex) {
                logger.warn("The capture objects behind " + database.getKey() + " can't be looked after", ex);
                answers.put(database.getKey(), Map.of("complete", false, "problem", String.valueOf(ex.getMessage())));
            }
        }
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("databases", answers);
        return body;
    }

    private static WebEndpointResponse<Map<String, @Nullable Object>> answer(
            Supplier<Map<String, @Nullable Object>> work) {
        try {
            return new WebEndpointResponse<>(work.get());
        } catch (BadRequestException ex) {
            return Problem.of(WebEndpointResponse.STATUS_BAD_REQUEST, "Bad request", ex.getMessage());
        } catch (RuntimeException ex) {
            // what went wrong inside is for the log: its message may hold what the caller must not see
            logger.error("The postgres endpoint can't answer", ex);
            return Problem.of(
                    WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE,
                    "Not available",
                    "A database can't be reached, or what is done there can't be recorded. Look at the application's"
                            + " log.");
        }
    }
}
