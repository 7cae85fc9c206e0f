package cloud.enact.policy.builtin.url;

import cloud.enact.analysis.url.Host;
import cloud.enact.analysis.url.UrlReading;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Blocks addresses that are spoken to in the clear; this machine itself is exempt. */
final class RequireHttps extends AddressPolicy {

    static final String NAME = "url.require-https";

    static final String HARM = "What is sent or fetched can be read and changed on its way.";

    private static final Set<String> IN_THE_CLEAR = Set.of(
            ("http ws ftp tftp telnet gopher dict ldap git svn rtsp rtmp imap pop3 smtp nntp irc mqtt").split(" "));

    RequireHttps() {
        super(NAME, "Every address is encrypted, or this machine.");
    }

    @Override
    protected @Nullable String objection(Address address) {
        UrlReading reading = address.reading();
        Host host = reading.host();
        if (host == null || host.loopback() || address.hostOnly()) {
            return null;
        }
        if (reading.scheme().isEmpty()) {
            return "The address names no scheme, so it may be spoken to in the clear. Write https:// in front.";
        }
        return IN_THE_CLEAR.contains(reading.scheme())
                ? "The scheme '" + reading.scheme() + "' sends everything in the clear. Use https://."
                : null;
    }
}
