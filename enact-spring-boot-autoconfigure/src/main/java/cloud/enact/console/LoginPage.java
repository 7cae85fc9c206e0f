package cloud.enact.console;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where the credential is shown, and a session begins and ends. Thread-safe. */
final class LoginPage {

    private final Access access;

    private final Frame frame;

    LoginPage(Access access, Frame frame) {
        this.access = access;
        this.frame = frame;
    }

    Reply answer(PageRequest request) {
        if (request.path().size() != 1 || !this.access.hasCredential()) {
            throw ConsoleException.notFound();
        }
        if (!request.isPost()) {
            request.requireOnly(Set.of());
            return page(request, 200, null);
        }
        String credential = request.field("credential", 200);
        Optional<String> session =
                (credential != null) ? this.access.signIn(request.http(), credential) : Optional.empty();
        if (session.isEmpty()) {
            return page(request, 403, "That is not the credential. It was shown when the console first started.");
        }
        return Reply.redirect(request.base() + "/receipts").with("Set-Cookie", cookie(request, session.get(), ""));
    }

    Reply signOut(PageRequest request) {
        this.access.signOut(request.http());
        return Reply.redirect(request.base() + "/receipts").with("Set-Cookie", cookie(request, "", "; Max-Age=0"));
    }

    private static String cookie(PageRequest request, String value, String more) {
        ConsoleExchange http = request.http();
        return Access.cookieName(http) + "=" + value + "; Path=" + request.base() + "; HttpOnly; SameSite=Strict"
                + (http.isSecure() ? "; Secure" : "") + more;
    }

    /** What somebody gets who may not see the page that was asked for. */
    Reply turnAway(PageRequest request) {
        if (this.access.hasCredential()) {
            return request.isPost()
                    ? this.frame.problem(request, 403, "Not allowed", "Sign in, and try again.")
                    : Reply.redirect(request.base() + "/login");
        }
        return this.frame.problem(
                request, 403, "Not allowed", "The console is for people with one of the roles it was given.");
    }

    private Reply page(PageRequest request, int status, @Nullable String problem) {
        Map<String, @Nullable Object> model = this.frame.model(request, "Sign in");
        model.put("problem", problem);
        model.put("canSignIn", false);
        return this.frame.render(status, "login", model);
    }
}
