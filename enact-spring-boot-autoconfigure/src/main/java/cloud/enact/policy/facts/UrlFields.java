package cloud.enact.policy.facts;

import cloud.enact.analysis.url.Host;
import cloud.enact.analysis.url.UrlReading;
import cloud.enact.policy.InputName;
import cloud.enact.policy.PolicyInputs;
import java.util.ArrayList;
import java.util.List;

/** What is to be seen of addresses in the arguments. */
final class UrlFields {

    private static final FactType<UrlReading> ONE = FactType.<UrlReading>named("address")
            .with("scheme", Shape.Simple.TEXT, UrlReading::scheme)
            .with("host", Shape.Simple.TEXT_OR_NULL, address -> {
                Host host = address.host();
                return (host != null) ? host.name() : null;
            })
            .with("kind", Shape.Simple.TEXT_OR_NULL, address -> {
                Host host = address.host();
                return (host != null) ? host.kind().name() : null;
            })
            .with("loopback", Shape.Simple.TRUTH, address -> {
                Host host = address.host();
                return host != null && host.loopback();
            })
            .with("path", Shape.Simple.TEXT, UrlReading::path);

    /** The variable {@code url}. */
    static final FactType<PolicyInputs> URL = FactType.<PolicyInputs>named("url")
            .with("parseOk", Shape.Simple.TRUTH, call -> problems(call).isEmpty())
            .with("problems", Texts.SHAPE, UrlFields::problems)
            .withThings("urls", ONE, UrlFields::read)
            .with("hosts", Texts.SHAPE, UrlFields::hosts);

    private UrlFields() {}

    private static List<UrlReading> read(PolicyInputs call) {
        return call.originals(InputName.URL).stream()
                .flatMap(text -> UrlReading.all(text).stream())
                .filter(UrlReading::leadsAway)
                .toList();
    }

    private static List<String> problems(PolicyInputs call) {
        List<String> problems = new ArrayList<>();
        if (call.isOversized(InputName.URL)) {
            problems.add("is too long");
        }
        for (UrlReading address : read(call)) {
            if (address.problem() != null) {
                problems.add(address.problem());
            }
        }
        return problems;
    }

    private static List<String> hosts(PolicyInputs call) {
        List<String> hosts = new ArrayList<>();
        for (UrlReading address : read(call)) {
            Host host = address.host();
            if (host != null) {
                hosts.add(host.name());
            }
        }
        return hosts;
    }
}
