package cloud.enact.actuate.endpoint;

import cloud.enact.receipt.ReceiptLog;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/** Says, under {@code enact}, what guards this application. Thread-safe. */
public final class EnactInfoContributor implements InfoContributor {

    private final @Nullable String version;

    private final Supplier<GateFigures> gate;

    private final ReceiptLog receipts;

    private final String store;

    /**
     * Makes the contributor.
     *
     * @param version version of Enact, or {@code null} when unknown
     * @param gate tells how the gate is doing
     * @param receipts the log this application writes
     * @param store kind of store, such as {@code embedded}
     */
    public EnactInfoContributor(
            @Nullable String version, Supplier<GateFigures> gate, ReceiptLog receipts, String store) {
        this.version = version;
        this.gate = gate;
        this.receipts = receipts;
        this.store = store;
    }

    @Override
    public void contribute(Info.Builder builder) {
        GateFigures figures = this.gate.get();
        Map<String, Object> details = new LinkedHashMap<>();
        if (this.version != null) {
            details.put("version", this.version);
        }
        details.put("mode", figures.mode());
        details.put("policy_set", figures.policySet());
        details.put("store", this.store);
        details.put("log", this.receipts.id());
        details.put("passed", figures.passed());
        details.put("blocked", figures.blocked());
        details.put("receipts", this.receipts.state().appended());
        builder.withDetail("enact", details);
    }
}
