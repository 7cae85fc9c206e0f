package cloud.enact.doubles.github;

import cloud.enact.doubles.Loopback;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * GitHub on this machine: the REST and GraphQL calls of a client over real, bare git repositories.
 * Merges, ancestry and compare-and-swap are git's own; faults can be set for single requests.
 */
public final class GitHubDouble implements AutoCloseable {

    /** Who the token belongs to. */
    static final PersonIdent USER = new PersonIdent("enact-bot", "enact-bot@users.noreply.example.com");

    private static final Pattern REPOSITORY = Pattern.compile("/repos/([^/]+/[^/]+)(.*)");

    private final Path directory;

    private final HttpServer server;

    private final ExecutorService threads;

    private final Map<String, HostedRepository> repositories = new ConcurrentHashMap<>();

    private final Map<String, Routes> routes = new ConcurrentHashMap<>();

    private final List<GitHubRequest> requests = new CopyOnWriteArrayList<>();

    private final Faults faults = new Faults();

    private final AtomicInteger ids = new AtomicInteger();

    private final GraphQl graphQl = new GraphQl(Collections.unmodifiableCollection(this.repositories.values()));

    private volatile String scopes = "repo";

    private GitHubDouble(Path directory, HttpServer server, ExecutorService threads) {
        this.directory = directory;
        this.server = server;
        this.threads = threads;
    }

    /** Starts one that keeps its repositories in a directory. */
    public static GitHubDouble start(Path directory) {
        IsolatedJGit.install();
        HttpServer server = Loopback.bind();
        ExecutorService threads = Executors.newFixedThreadPool(16, work -> {
            Thread thread = new Thread(work, "github-double");
            thread.setDaemon(true);
            return thread;
        });
        GitHubDouble github = new GitHubDouble(directory, server, threads);
        server.createContext("/", github::serve);
        server.setExecutor(threads);
        server.start();
        return github;
    }

    /** Where the API is. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort());
    }

    /** What a request must bring along. */
    public String token() {
        return "ghp_double0000000000000000000000000000001";
    }

    /** Creates a repository with one commit on main. */
    public HostedRepository create(String owner, String name) {
        try {
            Repository git = new FileRepositoryBuilder()
                    .setBare()
                    .setGitDir(
                            this.directory.resolve(owner).resolve(name + ".git").toFile())
                    .build();
            git.create(true);
            git.updateRef(Constants.HEAD).link("refs/heads/main");
            HostedRepository repository =
                    new HostedRepository(endpoint().toString(), owner, name, this.ids.incrementAndGet(), git);
            repository.commit("main", Map.of("README.md", "# " + name + "\n"), "Initial commit");
            String key = repository.fullName().toLowerCase(Locale.ROOT);
            this.routes.put(key, routes(repository));
            this.repositories.put(key, repository);
            return repository;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What shall go wrong. */
    public Faults faults() {
        return this.faults;
    }

    /** Sets the scopes that answers say the token has. */
    public void scopes(String... scopes) {
        this.scopes = String.join(", ", scopes);
    }

    /** Every request so far, oldest first. */
    public List<GitHubRequest> requests() {
        return List.copyOf(this.requests);
    }

    @Override
    public void close() {
        this.server.stop(0);
        this.threads.shutdownNow();
        this.repositories.values().forEach(HostedRepository::close);
    }

    static ObjectNode person(String login) {
        return Json.object()
                .put("login", login)
                .put("id", login.hashCode() & 0xffff)
                .put("node_id", "U_" + login)
                .put("type", "User")
                .put("site_admin", false);
    }

    private static Routes routes(HostedRepository repository) {
        Routes routes = new Routes();
        new RepositoryCalls(repository, routes);
        new RefCalls(repository, routes);
        new ObjectCalls(repository, routes);
        new PullCalls(repository, routes);
        new IssueCalls(repository, routes);
        return routes;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI uri = exchange.getRequestURI();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            GitHubRequest request =
                    new GitHubRequest(exchange.getRequestMethod(), uri.getPath(), Url.query(uri.getRawQuery()), body);
            this.requests.add(request);
            new Exchange(exchange, this.faults.meeting(request), this.scopes)
                    .run(() -> answer(request, exchange.getRequestHeaders().getFirst("Authorization")));
        }
    }

    private Answer answer(GitHubRequest request, @Nullable String authorization) {
        if (authorization == null || !authorization.matches("(?i)(bearer|token) " + Pattern.quote(token()))) {
            return Answer.refused(401, "Bad credentials");
        }
        try {
            return answer(request);
        } catch (Refusal e) {
            return e.answer();
        } catch (IOException | RuntimeException e) {
            return Answer.refused(500, "The double failed: " + e);
        }
    }

    private Answer answer(GitHubRequest request) throws IOException {
        if (request.path().equals("/graphql")) {
            return this.graphQl.answer(request);
        }
        if (request.path().equals("/user")) {
            return Answer.ok(person(USER.getName()));
        }
        Matcher path = REPOSITORY.matcher(request.path());
        if (!path.matches()) {
            return Refusal.notFound().answer();
        }
        String key = path.group(1).toLowerCase(Locale.ROOT);
        HostedRepository repository = this.repositories.get(key);
        Routes own = this.routes.get(key);
        if (repository == null || own == null) {
            return Refusal.notFound().answer();
        }
        synchronized (repository) {
            if (request.isWrite() && !repository.isWritable()) {
                return Answer.refused(403, "Resource not accessible by personal access token");
            }
            return own.answer(request, path.group(2), endpoint().toString());
        }
    }
}
