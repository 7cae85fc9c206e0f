package cloud.enact.console;

import cloud.enact.approval.ApprovalStoreException;
import cloud.enact.receipt.ReceiptStoreException;
import cloud.enact.receipt.RunTooLargeException;
import cloud.enact.rollback.RollbackRequestException;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/** Answers every request for the console, whichever server took it: who may, which page, and what went wrong. Thread-safe. */
final class ConsoleDoor implements AutoCloseable {

    private static final Log logger = LogFactory.getLog(ConsoleDoor.class);

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST");

    private final PagePath paths;

    private final Access access;

    private final Assets assets = new Assets();

    private final Frame frame;

    private final LoginPage login;

    private final Pages pages;

    private final LiveUpdates updates;

    private final boolean badges;

    /** A page reads hundreds of receipts, each as large as a model made it. */
    private final Turns turns = new Turns(8);

    ConsoleDoor(ConsoleSettings settings, @Nullable ConsoleCredential credential, ConsoleSources sources, Clock clock) {
        this.paths = new PagePath(settings.path());
        this.access = new Access(settings, credential, clock);
        this.frame = new Frame(this.assets.version(), credential != null, sources);
        this.login = new LoginPage(this.access, this.frame);
        this.pages = new Pages(sources, settings.roles(), this.frame, clock);
        this.updates = new LiveUpdates(sources.store());
        this.badges = settings.badges();
    }

    void answer(ConsoleExchange request) throws IOException {
        PageRequest asked = new PageRequest(request, this.paths.base(request), List.of(), Visitor.reader());
        Reply reply;
        try {
            asked = new PageRequest(request, asked.base(), this.paths.segments(request), Visitor.reader());
            boolean badge = this.badges && asked.segment(0).equals("badge");
            if (!badge) {
                this.access.requireOwnPage(request);
            }
            if (!METHODS.contains(request.method())) {
                throw new ConsoleException(405, "Not so", "Pages are read with GET, and forms are sent with POST.");
            }
            Reply open = openTo(asked);
            if (open != null) {
                reply = open;
            } else {
                Optional<Visitor> visitor = this.access.visitor(request);
                if (visitor.isEmpty()) {
                    reply = this.login.turnAway(asked);
                } else {
                    asked = new PageRequest(request, asked.base(), asked.path(), visitor.get());
                    if (asked.segment(0).equals("events") && asked.path().size() == 1 && !asked.isPost()) {
                        this.updates.answer(
                                request, mark(asked), asked.visitor().mayChange());
                        return;
                    }
                    reply = answer(asked);
                }
            }
        } catch (RuntimeException | StackOverflowError ex) {
            reply = problem(asked, ex);
        }
        request.send(ConsoleHeaders.on(reply));
    }

    /** What everybody gets who may not see any page yet. */
    private @Nullable Reply openTo(PageRequest request) {
        return switch (request.segment(0)) {
            case "assets" -> {
                if (request.isPost() || request.path().size() != 2) {
                    throw ConsoleException.notFound();
                }
                yield this.assets.answer(request.segment(1));
            }
            case "login" -> this.login.answer(request);
            // pages of others show it
            case "badge" ->
                this.badges ? this.pages.show(request).with("Cross-Origin-Resource-Policy", "cross-origin") : null;
            default -> null;
        };
    }

    private static String mark(PageRequest request) {
        String last = request.http().header("Last-Event-ID");
        String mark = (last != null) ? last : request.field("mark", 256);
        return (mark != null && mark.length() <= 256) ? mark : "";
    }

    private Reply answer(PageRequest request) {
        if (!request.isPost()) {
            return this.turns.take(request.visitor(), () -> this.pages.show(request));
        }
        request.visitor().requireToken(request.field("csrf"));
        if (request.segment(0).equals("logout") && request.path().size() == 1) {
            return this.login.signOut(request);
        }
        return this.pages.change(request);
    }

    private Reply problem(PageRequest request, Throwable ex) {
        if (ex instanceof ConsoleException refused) {
            return this.frame.problem(request, refused.status(), refused.title(), refused.getMessage());
        }
        if (ex instanceof RollbackRequestException) {
            return this.frame.problem(request, 400, "Bad request", ex.getMessage());
        }
        if (ex instanceof RunTooLargeException) {
            return this.frame.problem(request, 422, "Run too large", ex.getMessage() + " on the page of receipts.");
        }
        if (ex instanceof ReceiptStoreException || ex instanceof ApprovalStoreException) {
            logger.error("What the console shows can't be read or written", ex);
            return this.frame.problem(
                    request,
                    503,
                    "Not available",
                    "The store can't be read or written. Look at the application's log.");
        }
        // what went wrong inside is for the log: its message may hold what nobody must see
        logger.error("The console can't answer", ex);
        return this.frame.problem(
                request, 500, "Internal error", "The page can't be made. Look at the application's log.");
    }

    @Override
    public void close() {
        this.updates.close();
    }
}
