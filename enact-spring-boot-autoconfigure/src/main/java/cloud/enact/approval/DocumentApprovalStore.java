package cloud.enact.approval;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Requests as sealed documents in a store; where that is is up to its subclasses. Thread-safe. */
public abstract class DocumentApprovalStore implements ApprovalStore, AutoCloseable {

    /** How large one document may be, in bytes: subclasses read no larger one. */
    protected static final int MAX_BYTES = ApprovalDocuments.MAX_BYTES;

    private static final int ATTEMPTS = 10;

    /** Rows that are in memory at a time before anybody knows whether they are requests. */
    private static final int PAGE = 50;

    /** Rows of somebody else that are passed over for one answer. */
    private static final int MOST_FOREIGN = 10_000;

    private final ApprovalDocuments documents;

    private final SeenVersions seen = new SeenVersions();

    private final LeftOut leftOut = new LeftOut();

    /**
     * Makes the store.
     *
     * @param seal seals what is written and checks what is read
     * @param encryption encrypts and decrypts what may be about a person; {@code null} for none
     */
    protected DocumentApprovalStore(ApprovalSeal seal, @Nullable ApprovalEncryption encryption) {
        this.documents = new ApprovalDocuments(seal, encryption);
    }

    /**
     * Keeps a new row durably, unless one for the same call is open; returns the open one.
     *
     * @param now by the clock of the application
     */
    protected abstract Optional<ApprovalRow> insert(ApprovalRow row, Instant now);

    /** Replaces the version before this one, durably; whether it was there. */
    protected abstract boolean update(ApprovalRow next);

    /** The row of a ticket. */
    protected abstract Optional<ApprovalRow> row(String id);

    /** The open row of a call. */
    protected abstract Optional<ApprovalRow> openRow(String call);

    /** The row of a call with the highest ticket. */
    protected abstract Optional<ApprovalRow> lastRow(String call);

    /** Open rows in ascending order of tickets behind one; the empty text is before all. */
    protected abstract List<ApprovalRow> openRows(String after, int limit);

    /** Rows in descending order of tickets before one, or from the newest. */
    protected abstract List<ApprovalRow> newestRows(@Nullable String before, int limit);

    @Override
    public ApprovalRequest open(ApprovalRequest request) {
        if (request.version() != 0 || request.state() != ApprovalState.PENDING) {
            throw new IllegalArgumentException("A new request is pending, in version 0");
        }
        ApprovalRow row = this.documents.write(request);
        for (int i = 0; i < ATTEMPTS; i++) {
            ApprovalRow kept = insert(row, request.timestamp()).orElse(null);
            if (kept == null) {
                // closed by somebody between two looks
                continue;
            }
            ApprovalRequest opened = checked(kept);
            if (!opened.state().isFinal()) {
                return opened;
            }
            // what was erased makes room
            replace(opened.become(opened.state()));
        }
        throw new ApprovalStoreException("Requests for this call are opened and closed all the time; try again", null);
    }

    @Override
    public boolean replace(ApprovalRequest next) {
        ApprovalRow row = this.documents.write(next);
        boolean replaced = update(row);
        if (replaced) {
            this.seen.saw(row);
        }
        return replaced;
    }

    @Override
    public Optional<ApprovalRequest> find(UUID id) {
        long least = this.seen.least(id.toString());
        return row(id.toString()).map(row -> read(row, least));
    }

    @Override
    public Optional<ApprovalRequest> findOpen(String call) {
        return openRow(call)
                .map(this::checked)
                .filter(request -> !request.state().isFinal());
    }

    @Override
    public Optional<ApprovalRequest> findLast(String call) {
        return lastRow(call).map(this::checked);
    }

    /** Reads a row that was found by something else than its ticket. */
    private ApprovalRequest checked(ApprovalRow row) {
        if (row.version() >= this.seen.least(row.id())) {
            return read(row, row.version());
        }
        // somebody may just have replaced it: what is there now must be newer
        long least = this.seen.least(row.id());
        return row(row.id())
                .map(now -> read(now, least))
                .orElseThrow(() -> new ApprovalStoreException("A request for approval was deleted", null));
    }

    private ApprovalRequest read(ApprovalRow row, long least) {
        ApprovalRequest request = this.documents.read(row);
        if (row.version() < least) {
            throw new ApprovalStoreException(
                    "An earlier version of the request for approval " + request.id()
                            + " was put back where it is kept. It approves nothing; find out who can write there",
                    null);
        }
        this.seen.saw(row);
        return request;
    }

    @Override
    public List<ApprovalRequest> findOpen(@Nullable UUID after, int limit) {
        return page(
                (after != null) ? after.toString() : "",
                limit,
                this::openRows,
                request -> !request.state().isFinal());
    }

    @Override
    public List<ApprovalRequest> findNewest(@Nullable UUID before, int limit) {
        return page(
                (before != null) ? before.toString() : "",
                limit,
                (place, most) -> newestRows(place.isEmpty() ? null : place, most),
                request -> true);
    }

    /** A page of rows. */
    private interface Rows {

        List<ApprovalRow> from(String place, int limit);
    }

    /**
     * What somebody else wrote must not hide the others.
     *
     * @throws ApprovalStoreException when it is so much that nobody can say what there is
     */
    private List<ApprovalRequest> page(String start, int limit, Rows rows, Predicate<ApprovalRequest> wanted) {
        ApprovalStore.requireLimit(limit);
        List<ApprovalRequest> requests = new ArrayList<>();
        String place = start;
        int foreign = 0;
        boolean more = true;
        while (more && requests.size() < limit) {
            // one row after the other would be slow among many of somebody else
            int most = (foreign == 0) ? Math.min(PAGE, limit - requests.size()) : PAGE;
            List<ApprovalRow> page = rows.from(place, most);
            more = page.size() == most;
            for (ApprovalRow row : page) {
                place = row.id();
                try {
                    ApprovalRequest request = checked(row);
                    if (requests.size() < limit && wanted.test(request)) {
                        requests.add(request);
                    }
                } catch (ApprovalStoreException ex) {
                    foreign++;
                    this.leftOut.tell(ex);
                }
            }
            if (foreign > MOST_FOREIGN) {
                throw new ApprovalStoreException(
                        "More than " + MOST_FOREIGN + " requests for approval were altered or made up where they are"
                                + " kept, so nobody can say which are open. Find out who can write there",
                        null);
            }
        }
        return requests;
    }

    @Override
    public abstract void close();
}
