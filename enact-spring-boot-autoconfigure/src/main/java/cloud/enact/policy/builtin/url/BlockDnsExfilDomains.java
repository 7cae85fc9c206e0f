package cloud.enact.policy.builtin.url;

import cloud.enact.analysis.url.Host;
import org.jspecify.annotations.Nullable;

/** Blocks places where data can be dropped or caught by anybody, and hosts whose names are made of data. */
final class BlockDnsExfilDomains extends AddressPolicy {

    static final String NAME = "url.block-dns-exfil-domains";

    static final String HARM = "Data leaves through a site, a tunnel or a name lookup that nobody watches.";

    BlockDnsExfilDomains() {
        super(NAME, "No address is a known place to drop data.");
    }

    @Override
    protected @Nullable String objection(Address address) {
        Host host = address.reading().host();
        if (host == null) {
            return null;
        }
        if (address.computed()) {
            return "The name of the host is made of what a command prints, which the lookup of the name gives away."
                    + " Write the host plainly, as https://host.example.";
        }
        if (DropSites.holds(host, address.reading().path())) {
            return "Anybody can drop or catch data at the host " + quoted(host.name())
                    + ". Use a service of your organisation instead, such as https://host.example.";
        }
        return DropSites.carriesData(host)
                ? "The name of the host looks like data, which the lookup of the name gives away. Use a host with a"
                        + " plain name, such as https://host.example."
                : null;
    }
}
