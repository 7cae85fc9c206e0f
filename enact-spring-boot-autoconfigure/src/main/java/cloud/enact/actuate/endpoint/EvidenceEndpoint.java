package cloud.enact.actuate.endpoint;

import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.export.ExportFormat;
import cloud.enact.receipt.export.ReceiptExport;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.core.io.InputStreamResource;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/**
 * Actuator endpoint that gives receipts to other systems: {@code GET evidence?format=ndjson} with the filters of
 * {@link ReceiptsEndpoint}. Answers are made while they are read, in constant memory; two at a time, because each reads
 * the whole store. An answer that breaks off was not all of it. Thread-safe.
 */
@WebEndpoint(id = "evidence", defaultAccess = Access.READ_ONLY)
public final class EvidenceEndpoint {

    private static final int AT_A_TIME = 2;

    private final ReceiptExport export;

    private final Semaphore free = new Semaphore(AT_A_TIME);

    /**
     * Makes the endpoint.
     *
     * @param export makes what it answers
     */
    public EvidenceEndpoint(ReceiptExport export) {
        this.export = export;
    }

    /**
     * Exports receipts, log by log.
     *
     * @param format {@code ndjson}, {@code csv}, {@code ocsf}, {@code cloudevents} or {@code otlp}; the first if nothing
     *     is said
     * @param decision decision, such as {@code BLOCK}
     * @param action name of the action
     * @param actor id of the actor
     * @param kind kind of receipt
     * @param policy name of a policy that said ASK or BLOCK
     * @param mode {@code enforce} or {@code observe}
     * @param system system, such as {@code postgres}
     * @param workflow name of the run
     * @param run id of the run
     * @param since not before this time
     * @param until before this time
     */
    @ReadOperation(produces = {"application/x-ndjson", "text/csv", "application/json"})
    public WebEndpointResponse<Object> export(
            @Nullable String format,
            @Nullable String decision,
            @Nullable String action,
            @Nullable String actor,
            @Nullable String kind,
            @Nullable String policy,
            @Nullable String mode,
            @Nullable String system,
            @Nullable String workflow,
            @Nullable String run,
            @Nullable String since,
            @Nullable String until) {
        ReceiptFilter filter;
        ExportFormat lines;
        try {
            lines = (format != null) ? ExportFormat.parse(format) : ExportFormat.NDJSON;
            filter = ReceiptFilter.builder()
                    .run(ListRequest.run(run))
                    .kind(ListRequest.kind(kind))
                    .actions(ListRequest.text("action", action))
                    .actor(ListRequest.text("actor", actor))
                    .decision(ListRequest.text("decision", decision))
                    .policy(ListRequest.text("policy", policy))
                    .mode(ListRequest.mode(mode))
                    .system(ListRequest.text("system", system))
                    .workflow(ListRequest.text("workflow", workflow))
                    .since(ListRequest.time("since", since))
                    .until(ListRequest.time("until", until))
                    .build();
        } catch (IllegalArgumentException ex) {
            return problem(WebEndpointResponse.STATUS_BAD_REQUEST, "Bad request", ex.getMessage());
        }
        if (this.free.availablePermits() == 0) {
            return problem(
                    WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE,
                    "Busy",
                    "As many exports as are allowed at a time are under way. Ask again later.");
        }
        // opened when the answer is written, so that one that nobody reads holds nothing
        InputStreamResource body = new InputStreamResource(() -> open(filter, lines), "receipts");
        return new WebEndpointResponse<>(
                body, WebEndpointResponse.STATUS_OK, MimeType.valueOf(lines.mediaType() + ";charset=UTF-8"));
    }

    private InputStream open(ReceiptFilter filter, ExportFormat lines) throws IOException {
        if (!this.free.tryAcquire()) {
            throw new IOException("As many exports as are allowed at a time are under way");
        }
        try {
            return new Released(this.export.open(filter, lines), this.free);
        } catch (RuntimeException ex) {
            this.free.release();
            throw ex;
        }
    }

    private static WebEndpointResponse<Object> problem(int status, String title, @Nullable String detail) {
        Map<String, @Nullable Object> problem = new LinkedHashMap<>();
        problem.put("title", title);
        problem.put("status", status);
        problem.put("detail", detail);
        return new WebEndpointResponse<>(problem, status, MimeTypeUtils.APPLICATION_JSON);
    }

    private static final class Released extends FilterInputStream {

        private final Semaphore free;

        private final AtomicBoolean closed = new AtomicBoolean();

        private Released(InputStream in, Semaphore free) {
            super(in);
            this.free = free;
        }

        @Override
        public void close() throws IOException {
            if (this.closed.compareAndSet(false, true)) {
                this.free.release();
            }
            super.close();
        }
    }
}
