package cloud.enact.api;

import cloud.enact.policy.PolicyFile;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.PolicySetFactory;
import cloud.enact.policy.PolicySpec;
import cloud.enact.policy.file.LoadedPolicies;
import cloud.enact.policy.file.PolicyFiles;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.replay.PolicyReplay;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers what other policies would have said of recorded calls. Thread-safe. */
public final class Replays {

    private static final Duration DEFAULT_TIME = Duration.ofDays(30);

    /** What a caller can wait for. */
    private static final int MOST_CALLS = 100_000;

    private static final int LONGEST_TEXT = 512 * 1024;

    private static final List<String> MEMBERS = List.of("policies", "text", "since", "until", "limit");

    private final PolicySet effective;

    private final PolicySetFactory factory;

    private final PolicyFiles files;

    private final PolicyReplay replay;

    private final Clock clock;

    /**
     * Creates what answers.
     *
     * @param effective the policies of the application
     * @param factory makes sets of proposed policies
     * @param files reads proposed policies that are written as a file
     * @param store holds the receipts
     * @param clock tells the time
     */
    public Replays(
            PolicySet effective, PolicySetFactory factory, PolicyFiles files, ReceiptStore store, Clock clock) {
        this.effective = effective;
        this.factory = factory;
        this.files = files;
        this.replay = new PolicyReplay(store);
        this.clock = clock;
    }

    /** Answers a question. */
    Map<String, @Nullable Object> answer(@Nullable Object json) {
        Members body = Members.of("", json, MEMBERS);
        Instant now = this.clock.instant();
        Instant since = Times.readSince(body, "since", now, DEFAULT_TIME);
        Instant until = Times.read(body, "until", now.plusSeconds(1));
        int limit = body.number("limit", PolicyReplay.DEFAULT_CALLS, MOST_CALLS);
        PolicySet proposed = proposed(body);
        return this.replay.replay(proposed, since, until, limit).asMap();
    }

    /** The proposed policies, and what annotations add whatever else is configured. */
    private PolicySet proposed(Members body) {
        if (body.has("policies") && body.has("text")) {
            throw ApiException.malformed("There are both 'policies' and 'text'.", "Send one of them.");
        }
        if (body.has("policies")) {
            List<PolicySpec> specs = RequestedPolicies.ofAnApplication().read(body, "policies");
            return ApiException.policies(() -> governed(this.factory.create(specs)));
        }
        String text = body.optionalText("text", LONGEST_TEXT);
        if (text == null) {
            return this.effective;
        }
        return ApiException.policies(() -> {
            LoadedPolicies loaded = this.files.read(List.of(new PolicyFile("text", text)));
            return governed(this.factory.create(loaded.specs(), loaded.policies()));
        });
    }

    private PolicySet governed(PolicySet proposed) {
        this.effective.governed().forEach(proposed::govern);
        return proposed;
    }
}
