package cloud.enact.doubles.github;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What shall go wrong, and with which requests. */
public final class Faults {

    private final List<Fault> set = new CopyOnWriteArrayList<>();

    Faults() {}

    /** Requests of a method whose whole path fits. */
    public Fault on(String method, String path) {
        Pattern pattern = Pattern.compile(path);
        return on(request -> request.method().equals(method)
                && pattern.matcher(request.path()).matches());
    }

    /** Calls of a GraphQL mutation. */
    public Fault onMutation(String name) {
        return on(request -> request.isMutation(name));
    }

    /** Requests of any kind. */
    public Fault on(Predicate<GitHubRequest> requests) {
        Fault fault = new Fault(requests);
        this.set.add(fault);
        return fault;
    }

    /** Takes all faults away. */
    public void clear() {
        this.set.clear();
    }

    /** The faults that meet a request, in the order in which they were set. */
    List<Fault> meeting(GitHubRequest request) {
        return this.set.stream().filter(fault -> fault.meets(request)).toList();
    }
}
