package cloud.enact.connector.email;

import cloud.enact.action.Reversibility;
import cloud.enact.connector.ConnectorOperation;
import java.util.Locale;
import java.util.Set;

/** What the connector can do. */
enum EmailOperation implements ConnectorOperation {
    SEND_EMAIL;

    private static final Set<String> ARGUMENTS = Set.of("to", "cc", "bcc", "subject", "text", "idempotency_key");

    @Override
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Reversibility reversibility() {
        return Reversibility.IRREVERSIBLE;
    }

    @Override
    public Set<String> arguments() {
        return ARGUMENTS;
    }
}
