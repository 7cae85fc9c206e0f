package cloud.enact.approval;

import java.net.URI;
import java.util.Locale;

/** Where links lead. Thread-safe. */
public final class ApprovalLinkAddress {

    private final ApprovalLinks links;

    private final String base;

    /**
     * Makes addresses.
     *
     * @param links makes tokens
     * @param application address of the application as people reach it, such as {@code https://agents.example.org}
     * @param path where the page of links is below that
     * @throws IllegalArgumentException when the address is none of http or https, or says more than where
     */
    public ApprovalLinkAddress(ApprovalLinks links, URI application, String path) {
        String scheme = String.valueOf(application.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")
                || application.getHost() == null
                || application.getRawUserInfo() != null
                || application.getRawQuery() != null
                || application.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "the address must begin with https, and have a host, and neither user, query nor fragment");
        }
        this.links = links;
        this.base = application.toString().replaceFirst("/+$", "") + path;
    }

    URI of(ApprovalRequest request, boolean approve, String approver, String channel) {
        ApprovalLinks.Link link = new ApprovalLinks.Link(request.id(), approve, approver, channel);
        return URI.create(this.base + this.links.token(link, request.terms().expiresAt()));
    }
}
