package cloud.enact.doubles.github;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which request goes where inside one repository. */
final class Routes {

    private final List<Route> routes = new ArrayList<>();

    void on(String method, String path, Handler handler) {
        this.routes.add(new Route(method, Pattern.compile(path), handler));
    }

    /** The answer of the first route that fits. */
    Answer answer(GitHubRequest request, String path, String root) throws IOException {
        for (Route route : this.routes) {
            Matcher matcher = route.path().matcher(path);
            if (route.method().equals(request.method()) && matcher.matches()) {
                return route.handler().answer(new Call(request, root, matcher));
            }
        }
        return Refusal.notFound().answer();
    }

    /** Answers one kind of request. */
    @FunctionalInterface
    interface Handler {

        Answer answer(Call call) throws IOException;
    }

    private record Route(String method, Pattern path, Handler handler) {}
}
