package cloud.enact.policy.builtin.url;

import cloud.enact.analysis.url.Host;
import cloud.enact.analysis.url.UrlReading;
import cloud.enact.policy.PolicyParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets only addresses through that lead to a listed host, or below a listed wildcard. */
final class WebfetchDomainAllowlist extends AddressPolicy {

    static final String NAME = "url.webfetch-domain-allowlist";

    static final String HARM = "An agent fetches from, or sends to, places nobody has looked at.";

    private static final String WILDCARD = "*.";

    /** Nothing is fetched from these. */
    private static final Set<String> NOT_FETCHED = Set.of("mailto", "tel", "sms");

    private final List<String> hosts = new ArrayList<>();

    private final List<String> domains = new ArrayList<>();

    private final String instead;

    WebfetchDomainAllowlist(PolicyParameters with) {
        super(NAME, "Every address is on the list.");
        if (!with.has("allowed")) {
            throw with.wrong("allowed", "is missing", "List hosts in with.allowed; an empty list allows none.");
        }
        for (String entry : with.strings("allowed", List.of())) {
            boolean wildcard = entry.startsWith(WILDCARD);
            Optional<Host> host = Host.read(wildcard ? entry.substring(WILDCARD.length()) : entry);
            (wildcard ? this.domains : this.hosts)
                    .add(host.orElseThrow(() -> with.wrong(
                                    "allowed",
                                    "holds something that is no host",
                                    "Write hosts as docs.example.com, or *.example.com for all below one."))
                            .name());
        }
        this.instead = !this.hosts.isEmpty()
                ? "Use https://" + this.hosts.get(0) + ", or ask a maintainer."
                : !this.domains.isEmpty()
                        ? "Use a host below '" + this.domains.get(0) + "', or ask a maintainer."
                        : "No address is allowed: do without it.";
    }

    @Override
    protected @Nullable String objection(Address address) {
        UrlReading reading = address.reading();
        Host host = reading.host();
        if (address.variable()) {
            return "The host of the address is known only at run time. " + this.instead;
        }
        if (host == null) {
            return NOT_FETCHED.contains(reading.scheme())
                    ? null
                    : "The address names no host that could be on the list. " + this.instead;
        }
        return (this.hosts.contains(host.name()) || this.domains.stream().anyMatch(host::isBelow))
                ? null
                : "The host " + quoted(host.name()) + " is not on the list. " + this.instead;
    }
}
