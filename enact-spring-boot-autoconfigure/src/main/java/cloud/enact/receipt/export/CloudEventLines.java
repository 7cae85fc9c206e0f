package cloud.enact.receipt.export;

import cloud.enact.receipt.Receipt;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A CloudEvent (specification 1.0, JSON format) per receipt. Its {@code data} are the exact bytes of the receipt. */
final class CloudEventLines implements LineFormat {

    private final JsonText json = new JsonText();

    @Override
    public byte[] line(Receipt receipt) {
        boolean damaged = receipt.damage() != null;
        Map<String, @Nullable Object> event = new LinkedHashMap<>();
        event.put("specversion", "1.0");
        // source and id together name an event, as log and place name a receipt
        event.put("id", Long.toString(receipt.seq()));
        event.put("source", "/enact/logs/" + receipt.log());
        event.put(
                "type",
                "cloud.enact.receipt."
                        + (damaged ? "damaged" : receipt.kind().name().toLowerCase(Locale.ROOT)));
        if (!damaged) {
            event.put("subject", receipt.runId().toString());
            event.put("time", Fields.of(receipt).text("timestamp"));
        }
        event.put("datacontenttype", "application/json");
        byte[] envelope = this.json.write(event).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream line = new ByteArrayOutputStream(envelope.length + receipt.size() + 16);
        line.write(envelope, 0, envelope.length - 1);
        line.writeBytes(",\"data\":".getBytes(StandardCharsets.UTF_8));
        line.writeBytes(damaged ? damage(receipt) : receipt.bytes());
        line.writeBytes("}\n".getBytes(StandardCharsets.UTF_8));
        return line.toByteArray();
    }

    private byte[] damage(Receipt receipt) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("log", receipt.log());
        data.put("seq", receipt.seq());
        data.put("damage", receipt.damage());
        return this.json.write(data).getBytes(StandardCharsets.UTF_8);
    }
}
