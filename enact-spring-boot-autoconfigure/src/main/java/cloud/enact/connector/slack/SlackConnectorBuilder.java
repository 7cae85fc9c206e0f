package cloud.enact.connector.slack;

import cloud.enact.connector.AllowedOperations;
import cloud.enact.connector.ConnectorName;
import cloud.enact.undo.StepExecutor;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What a {@link SlackConnector} is made of. Not thread-safe. */
public final class SlackConnectorBuilder {

    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,500}");

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final String token;

    private final Set<String> operations = new TreeSet<>();

    private final Set<String> channels = new TreeSet<>();

    private String name = "slack";

    private URI endpoint = URI.create("https://slack.com/api/");

    private Duration timeout = Duration.ofSeconds(10);

    SlackConnectorBuilder(String token) {
        this.token = token;
    }

    /** Names the instance; {@code slack} if nothing else is said. */
    public SlackConnectorBuilder name(String name) {
        this.name = ConnectorName.require(name);
        return this;
    }

    /** Allows operations, by name; without this nothing is allowed. */
    public SlackConnectorBuilder operations(Collection<String> operations) {
        this.operations.addAll(operations);
        return this;
    }

    /**
     * Allows channels, by id or name; without this none is allowed. A star stands for any characters; conversations
     * between few people are allowed by their ids only.
     */
    public SlackConnectorBuilder channels(Collection<String> channels) {
        this.channels.addAll(channels);
        return this;
    }

    /** Says where the Web API is. */
    public SlackConnectorBuilder endpoint(URI endpoint) {
        this.endpoint = endpoint;
        return this;
    }

    /** Says how long to wait for an answer; ten seconds if nothing else is said. */
    public SlackConnectorBuilder requestTimeout(Duration timeout) {
        this.timeout = timeout;
        return this;
    }

    /**
     * Makes the connector; Slack is not asked yet.
     *
     * @param steps performs its steps inside governed actions
     * @throws IllegalArgumentException when an operation doesn't exist, or something else can't be
     */
    public SlackConnector build(StepExecutor steps) {
        if (!TOKEN.matcher(this.token).matches()) {
            throw new IllegalArgumentException("The token is not one of Slack");
        }
        if (this.timeout.isNegative() || this.timeout.isZero() || this.timeout.compareTo(Duration.ofMinutes(5)) > 0) {
            throw new IllegalArgumentException("The request timeout must be between nothing and five minutes");
        }
        AllowedOperations<SlackOperation> allowed =
                new AllowedOperations<>(this.name, Arrays.asList(SlackOperation.values()), this.operations);
        SlackClient client = new SlackClient(endpoint(), this.token, this.timeout);
        SlackAccess access = new SlackAccess(client, scopes(allowed));
        SlackSite site = new SlackSite(access, new SlackChannels(client, this.channels), new SlackMessages(client));
        return new SlackConnector(this.name, allowed, client, site, steps);
    }

    private List<Set<String>> scopes(AllowedOperations<SlackOperation> allowed) {
        List<Set<String>> scopes = new ArrayList<>();
        allowed.ids().forEach(id -> scopes.addAll(allowed.known(id).scopes()));
        if (!scopes.isEmpty() && SlackChannels.needLookup(this.channels)) {
            scopes.add(SlackAccess.anyKind("read"));
        }
        return scopes;
    }

    private URI endpoint() {
        String host = (this.endpoint.getHost() != null) ? this.endpoint.getHost() : "";
        boolean safe = "https".equals(this.endpoint.getScheme()) && !host.isEmpty();
        // a token never travels in clear, except to this machine
        if (!safe && !("http".equals(this.endpoint.getScheme()) && THIS_MACHINE.contains(host))) {
            throw new IllegalArgumentException("The endpoint must begin with https://");
        }
        return this.endpoint.toString().endsWith("/") ? this.endpoint : URI.create(this.endpoint + "/");
    }
}
