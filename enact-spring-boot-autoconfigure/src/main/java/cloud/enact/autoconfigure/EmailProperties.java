package cloud.enact.autoconfigure;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Connectors for e-mail.
 *
 * @param connectors Connectors by name, the second part of the names of their actions: the one called work has actions such as email.work.send_email. One that is called email has no second part.
 */
record EmailProperties(@DefaultValue Map<String, Connector> connectors) {

    /**
     * A connector.
     *
     * @param from Address that messages come from.
     * @param sender Name of the JavaMailSender bean it sends with. The only one, or the primary one, if nothing is said.
     * @param recipients Addresses messages may go to, where a star stands for any characters. Any by default.
     * @param operations Operations that are allowed: send_email. None by default.
     */
    record Connector(
            @Nullable String from,
            @Nullable String sender,
            @DefaultValue Set<String> recipients,
            @DefaultValue Set<String> operations) {}
}
