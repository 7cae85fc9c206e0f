package cloud.enact.policy.builtin.url;

import cloud.enact.analysis.url.Host;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Blocks hosts below top-level domains that are mostly used to harm. */
final class BlockSuspiciousTlds extends AddressPolicy {

    static final String NAME = "url.block-suspicious-tlds";

    static final String HARM = "Content from throw-away domains reaches the agent, or data reaches them.";

    /** Free or nearly free to register, and high in the statistics of abuse; or made to look like a file. */
    private static final Set<String> TLDS =
            Set.of(("tk ml ga cf gq zip mov top icu cyou cfd sbs bond buzz click gdn loan men party racing review "
                            + "science stream trade win bid date download faith accountant cricket webcam country "
                            + "kim quest monster hair beauty skin makeup boats autos mom rest surf uno cam work "
                            + "fit okinawa ren onion i2p bit")
                    .split(" "));

    BlockSuspiciousTlds() {
        super(NAME, "No address is below a suspicious top-level domain.");
    }

    @Override
    protected @Nullable String objection(Address address) {
        Host host = address.reading().host();
        if (host == null || host.kind() != Host.Kind.NAME) {
            return null;
        }
        int dot = host.name().lastIndexOf('.');
        String tld = host.name().substring(dot + 1);
        return (dot > 0 && TLDS.contains(tld))
                ? "The top-level domain '." + tld + "' is mostly used for throw-away sites. Use a source below another"
                        + " one, such as https://host.example."
                : null;
    }
}
