package cloud.enact.approval;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What becomes of requests, in memory and as words. */
class SmallRecord implements ApprovalRecord {

    private final List<String> events = new CopyOnWriteArrayList<>();

    private final List<ApprovalAnswer> answers = new CopyOnWriteArrayList<>();

    private final Set<UUID> changes = ConcurrentHashMap.newKeySet();

    /** Requests that are over, by what ended them. */
    private final Map<UUID, UUID> over = new ConcurrentHashMap<>();

    private volatile boolean failing;

    List<String> events() {
        return this.events;
    }

    /** The answers that are there and were not overtaken. */
    List<ApprovalAnswer> answers() {
        return this.answers;
    }

    /** Whether it takes nothing from now on. */
    void fail(boolean fails) {
        this.failing = fails;
    }

    @Override
    public void requested(ApprovalRequest request) {
        note("requested");
    }

    @Override
    public void changed(ApprovalRequest request, ApprovalChange change) {
        ApprovalAnswer answer = change.answer();
        note(
                (answer != null)
                        ? answer.approver() + " " + answer.approved()
                        : change.next().name());
        this.changes.add(change.id());
        if (answer != null) {
            this.answers.add(answer);
        }
        if (change.next().isFinal()) {
            this.over.put(change.id(), request.id());
        }
    }

    @Override
    public void overtaken(ApprovalRequest request, ApprovalChange change) {
        ApprovalAnswer answer = change.answer();
        note(((answer != null) ? answer.approver() : change.next()) + " overtaken");
        this.changes.remove(change.id());
        if (answer != null) {
            this.answers.remove(answer);
        }
        this.over.remove(change.id());
    }

    @Override
    public void used(ApprovalRequest request) {
        note("used");
        this.over.put(request.id(), request.id());
    }

    @Override
    public boolean holds(ApprovalRequest request, ApprovalChange change) {
        return this.changes.contains(change.id());
    }

    @Override
    public boolean isOver(ApprovalRequest request) {
        return this.over.containsValue(request.id());
    }

    private void note(String event) {
        if (this.failing) {
            throw new IllegalStateException("no disk");
        }
        this.events.add(event);
    }
}
