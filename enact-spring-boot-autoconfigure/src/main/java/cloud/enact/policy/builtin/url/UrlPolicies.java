package cloud.enact.policy.builtin.url;

import cloud.enact.policy.PolicyType;
import cloud.enact.policy.builtin.BuiltinType;
import java.util.List;

/** The policies about addresses on the web. */
public final class UrlPolicies {

    private UrlPolicies() {}

    /** The policies, in the order of the catalogue. */
    public static List<PolicyType> types() {
        return List.of(
                new BuiltinType(
                        BlockDnsExfilDomains.NAME,
                        BlockDnsExfilDomains.HARM,
                        List.of(),
                        with -> new BlockDnsExfilDomains()),
                new BuiltinType(
                        BlockSuspiciousTlds.NAME,
                        BlockSuspiciousTlds.HARM,
                        List.of(),
                        with -> new BlockSuspiciousTlds()),
                new BuiltinType(BlockRawIpUrls.NAME, BlockRawIpUrls.HARM, List.of(), with -> new BlockRawIpUrls()),
                new BuiltinType(RequireHttps.NAME, RequireHttps.HARM, List.of(), with -> new RequireHttps()),
                new BuiltinType(
                        WebfetchDomainAllowlist.NAME,
                        WebfetchDomainAllowlist.HARM,
                        List.of("allowed"),
                        WebfetchDomainAllowlist::new));
    }
}
