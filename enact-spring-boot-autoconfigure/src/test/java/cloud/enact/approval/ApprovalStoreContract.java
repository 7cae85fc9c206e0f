package cloud.enact.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every store of requests for approval does. */
public abstract class ApprovalStoreContract {

    protected final SampleApprovals samples = new SampleApprovals();

    /** The store under test. */
    protected abstract ApprovalStore store();

    /** Another store over the same requests, as another process has it; the same one where there is no other process. */
    protected abstract ApprovalStore other();

    @Test
    public void aRequestComesBackAsItWasKept() {
        ApprovalRequest request = this.samples.request("call-1");

        ApprovalRequest kept = store().open(request);

        assertThat(kept).isEqualTo(request);
        assertThat(other().find(request.id())).contains(request);
        assertThat(other().findOpen("call-1")).contains(request);
    }

    @Test
    public void theLastRequestForACallIsFoundWhateverBecameOfIt() {
        ApprovalRequest first = store().open(this.samples.request("call-1"));
        store().replace(this.samples.next(first, ApprovalState.EXPIRED));
        ApprovalRequest second = store().open(this.samples.request("call-1"));
        store().open(this.samples.request("call-2"));
        ApprovalRequest denied = this.samples.next(second, ApprovalState.DENIED, this.samples.answer(false, "ann"));
        store().replace(denied);

        assertThat(other().findLast("call-1")).contains(denied);
        assertThat(other().findLast("call-3")).isEmpty();
    }

    @Test
    public void aNoteIsKeptWithTheRequest() {
        ApprovalRequest request = store().open(this.samples.request("call-1"));

        ApprovalNotes.onRequests(other()).note(request.id(), "Channel email could not tell ann (MailSendException).");

        ApprovalRequest noted = store().find(request.id()).orElseThrow();
        assertThat(noted.notes()).containsExactly("Channel email could not tell ann (MailSendException).");
        assertThat(noted.state()).isEqualTo(ApprovalState.PENDING);
        ApprovalRequest approved = this.samples.next(noted, ApprovalState.APPROVED, this.samples.answer(true, "ann"));
        store().replace(approved);
        ApprovalNotes.onRequests(other()).note(request.id(), "Too late.");
        assertThat(store().find(request.id())).contains(approved);
    }

    @Test
    public void whatIsAboutToBecomeOfARequestIsKept() {
        ApprovalRequest request = store().open(this.samples.request("call-1"));
        ApprovalRequest answered = request.about(new ApprovalChange(
                this.samples.id(), request.timestamp(), ApprovalState.APPROVED, this.samples.answer(true, "ann")));

        assertThat(store().replace(answered)).isTrue();
        assertThat(other().find(request.id())).contains(answered);
        ApprovalRequest ended =
                answered.about(new ApprovalChange(this.samples.id(), request.timestamp(), ApprovalState.EXPIRED, null));
        assertThat(other().replace(ended)).isTrue();
        assertThat(store().findOpen("call-1")).contains(ended);
    }

    @Test
    public void whatIsNotThereIsNotFound() {
        assertThat(store().find(UUID.randomUUID())).isEmpty();
        assertThat(store().findOpen("call-1")).isEmpty();
        assertThat(store().findOpen(null, 10)).isEmpty();
        assertThat(store().findNewest(null, 10)).isEmpty();
    }

    @Test
    public void aSecondRequestForAnOpenCallIsTheFirstOne() {
        ApprovalRequest first = store().open(this.samples.request("call-1"));

        ApprovalRequest second = other().open(this.samples.request("call-1"));

        assertThat(second).isEqualTo(first);
        assertThat(store().findNewest(null, 10)).containsExactly(first);
    }

    @Test
    public void aCallWhoseRequestHasEndedIsAskedAnew() {
        ApprovalRequest first = store().open(this.samples.request("call-1"));
        ApprovalRequest denied = this.samples.next(first, ApprovalState.DENIED, this.samples.answer(false, "ann"));

        assertThat(store().replace(denied)).isTrue();
        ApprovalRequest second = other().open(this.samples.request("call-1"));

        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(store().findOpen("call-1")).contains(second);
        assertThat(store().find(first.id())).contains(denied);
    }

    @Test
    public void anApprovedRequestIsOpenUntilItIsUsed() {
        ApprovalRequest request = store().open(this.samples.request("call-1"));
        ApprovalRequest approved = this.samples.next(request, ApprovalState.APPROVED, this.samples.answer(true, "ann"));
        assertThat(store().replace(approved)).isTrue();
        assertThat(other().findOpen("call-1")).contains(approved);
        assertThat(other().findOpen(null, 10)).containsExactly(approved);

        assertThat(other().replace(this.samples.next(approved, ApprovalState.USED)))
                .isTrue();

        assertThat(store().findOpen("call-1")).isEmpty();
        assertThat(store().findOpen(null, 10)).isEmpty();
        assertThat(store().find(request.id()).orElseThrow().state()).isEqualTo(ApprovalState.USED);
    }

    @Test
    public void anOldVersionIsNotReplacedTwice() {
        ApprovalRequest request = store().open(this.samples.request("call-1"));
        ApprovalRequest approved = this.samples.next(request, ApprovalState.APPROVED, this.samples.answer(true, "ann"));
        ApprovalRequest denied = this.samples.next(request, ApprovalState.DENIED, this.samples.answer(false, "bob"));

        assertThat(store().replace(approved)).isTrue();
        assertThat(other().replace(denied)).isFalse();

        assertThat(other().find(request.id())).contains(approved);
    }

    @Test
    public void whatHasEndedStaysAsItIs() {
        ApprovalRequest request = store().open(this.samples.request("call-1"));
        ApprovalRequest used = this.samples.next(request, ApprovalState.USED, this.samples.answer(true, "ann"));
        assertThat(store().replace(used)).isTrue();

        assertThat(other().replace(this.samples.next(used, ApprovalState.APPROVED)))
                .isFalse();

        assertThat(other().find(request.id())).contains(used);
    }

    @Test
    public void anUnknownRequestIsNotReplaced() {
        ApprovalRequest request = this.samples.request("call-1");

        assertThat(store().replace(this.samples.next(request, ApprovalState.USED)))
                .isFalse();

        assertThat(store().find(request.id())).isEmpty();
    }

    @Test
    public void openRequestsComeInTheirOrderPageByPage() {
        List<ApprovalRequest> opened = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            opened.add(store().open(this.samples.request("call-" + i)));
        }
        store().replace(this.samples.next(opened.get(2), ApprovalState.EXPIRED));

        List<ApprovalRequest> first = other().findOpen(null, 2);
        List<ApprovalRequest> second = other().findOpen(opened.get(1).id(), 2);

        assertThat(first).containsExactly(opened.get(0), opened.get(1));
        assertThat(second).containsExactly(opened.get(3), opened.get(4));
    }

    @Test
    public void openRequestsAreCountedAsFarAsIsAsked() {
        assertThat(other().countOpen(3)).isZero();
        List<ApprovalRequest> opened = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            opened.add(store().open(this.samples.request("call-" + i)));
        }
        store().replace(this.samples.next(opened.get(1), ApprovalState.EXPIRED));

        assertThat(other().countOpen(10)).isEqualTo(3);
        assertThat(other().countOpen(2)).isEqualTo(2);
    }

    @Test
    public void theNewestRequestsComeFirstPageByPage() {
        List<ApprovalRequest> opened = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            opened.add(store().open(this.samples.request("call-" + i)));
        }

        assertThat(other().findNewest(null, 3)).containsExactly(opened.get(3), opened.get(2), opened.get(1));
        assertThat(other().findNewest(opened.get(1).id(), 3)).containsExactly(opened.get(0));
    }

    @Test
    public void aPageHasItsLimits() {
        assertThatIllegalArgumentException().isThrownBy(() -> store().findOpen(null, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> store().findNewest(null, ApprovalStore.MAX_LIMIT + 1));
    }

    @Test
    public void ofManyThatOpenARequestForOneCallOneWins() throws Exception {
        List<Callable<UUID>> openings = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            ApprovalStore store = (i % 2 == 0) ? store() : other();
            ApprovalRequest request = this.samples.request("call-1");
            openings.add(() -> store.open(request).id());
        }

        assertThat(Set.copyOf(together(openings))).hasSize(1);
        assertThat(store().findNewest(null, 10)).hasSize(1);
    }

    @Test
    public void ofManyThatReplaceOneVersionOneWins() throws Exception {
        ApprovalRequest request = store().open(this.samples.request("call-1"));
        List<Callable<Boolean>> replacements = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            ApprovalStore store = (i % 2 == 0) ? store() : other();
            ApprovalRequest next =
                    this.samples.next(request, ApprovalState.APPROVED, this.samples.answer(true, "person-" + i));
            replacements.add(() -> store.replace(next));
        }

        assertThat(together(replacements)).containsOnlyOnce(true);
        assertThat(store().find(request.id()).orElseThrow().answers()).hasSize(1);
    }

    private static <T> List<T> together(List<Callable<T>> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(work.size());
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (Callable<T> each : work) {
                futures.add(threads.submit(() -> {
                    start.await();
                    return each.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    public void wordsOfAnyKindComeBack() {
        ApprovalRequest request = this.samples.request("call \"1\" <b>&\u2028 ü 😀 \\ '");

        store().open(request);

        assertThat(other().find(request.id())).contains(request);
    }

    /** How long after its end a request may be kept; stores under test keep a week. */
    protected static final Duration RETENTION = Duration.ofDays(7);
}
