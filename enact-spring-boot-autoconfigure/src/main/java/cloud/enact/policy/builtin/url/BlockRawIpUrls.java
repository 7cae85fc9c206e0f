package cloud.enact.policy.builtin.url;

import cloud.enact.analysis.url.Host;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Blocks addresses whose host is a number, also behind names that only spell one. */
final class BlockRawIpUrls extends AddressPolicy {

    static final String NAME = "url.block-raw-ip-urls";

    static final String HARM = "A call reaches a machine that no name vouches for, inside the network or out.";

    /** Name servers that answer with the address that stands in the name. */
    private static final List<String> ECHOES =
            List.of("nip.io", "sslip.io", "xip.io", "ip.addr.tools", "traefik.me", "backname.io");

    BlockRawIpUrls() {
        super(NAME, "No address is a bare number.");
    }

    @Override
    protected @Nullable String objection(Address address) {
        Host host = address.reading().host();
        // ssh and ping reach machines by number, and that is no place on the web
        if (host == null || address.hostOnly()) {
            return null;
        }
        boolean echo =
                ECHOES.stream().anyMatch(host::isBelow) && host.name().chars().anyMatch(c -> c >= '0' && c <= '9');
        return (host.kind() != Host.Kind.NAME || echo)
                ? "The host " + quoted(host.name()) + " is a bare IP address. Use the name of the host, such as"
                        + " https://host.example."
                : null;
    }
}
