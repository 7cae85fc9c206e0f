package cloud.enact.bench;

import cloud.enact.receipt.Receipt;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The floor: a receipt's content as JSON with sorted keys, and an HMAC over it. Nothing else. */
final class SortedJson {

    private final JsonMapper mapper = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final Mac mac;

    private final List<Object> contents;

    /** Takes the content of these very receipts, in an order that has to be sorted. */
    SortedJson(List<Receipt> receipts) {
        this.contents = receipts.stream().map(SortedJson::content).toList();
        try {
            this.mac = Mac.getInstance("HmacSHA256");
            this.mac.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static Object content(Receipt receipt) {
        Map<String, Object> fields = new LinkedHashMap<>(receipt.fields());
        fields.remove("signature");
        return unsorted(fields, new Random(42));
    }

    private static Object unsorted(Object value, Random random) {
        if (value instanceof Map<?, ?> map) {
            List<Object> names = new ArrayList<>(map.keySet());
            Collections.shuffle(names, random);
            Map<Object, Object> result = new LinkedHashMap<>();
            names.forEach(name -> result.put(name, unsorted(map.get(name), random)));
            return result;
        }
        return (value instanceof List<?> list)
                ? list.stream().map(element -> unsorted(element, random)).toList()
                : value;
    }

    /** Serialises and MACs each receipt; returns the sum of the first bytes, so that nothing is optimised away. */
    int signAll() {
        int sum = 0;
        for (Object content : this.contents) {
            sum += this.mac.doFinal(this.mapper.writeValueAsBytes(content))[0];
        }
        return sum;
    }
}
