package cloud.enact.policy.builtin.crm;

import cloud.enact.policy.NormalizedText;
import cloud.enact.policy.builtin.NamedValues;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts the tasks a call makes for each contact, by the ids and addresses it names. */
final class TaskCounts {

    private static final String MASK = "***";

    private static final int LONGEST = 1000;

    private static final Set<String> CONTACTS =
            Set.of(("contact contacts contactid contactids contactemail contactname email lead leadid leads customer "
                            + "customerid customers client clientid person personid people prospect prospectid whoid "
                            + "associatedcontact associatedcontactid recordid")
                    .split(" "));

    private static final Set<String> LISTS =
            Set.of("tasks items records inputs todos reminders activities engagements objects data".split(" "));

    private static final List<String> KEYS = List.of("id", "contactid", "email", "emailaddress");

    private TaskCounts() {}

    static Map<String, Integer> of(Map<String, ? extends @Nullable Object> args) {
        Map<String, Integer> all = count(args);
        int listed = 0;
        for (Object value : NamedValues.of(args, LISTS::contains)) {
            listed += (value instanceof List<?> list) ? list.size() : 0;
        }
        Map<String, Integer> inside = new LinkedHashMap<>();
        for (Object value : NamedValues.of(args, LISTS::contains)) {
            count(Map.of("list", value)).forEach((contact, count) -> inside.merge(contact, count, Integer::sum));
        }
        // a contact beside the list is meant by each of its tasks
        int each = Math.max(1, listed);
        all.replaceAll((contact, count) -> {
            int within = inside.getOrDefault(contact, 0);
            return (count > within) ? Math.max(within, each) : within;
        });
        return all;
    }

    /** Whether a receipt does not show everything. */
    static boolean areHidden(Map<String, ? extends @Nullable Object> args) {
        return args.containsKey(MASK)
                || NamedValues.of(args, CONTACTS::contains).stream()
                        .flatMap(value -> NamedValues.texts(value).stream())
                        .anyMatch(text -> text.contains(MASK));
    }

    private static Map<String, Integer> count(Map<String, ? extends @Nullable Object> args) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Object value : NamedValues.of(args, CONTACTS::contains)) {
            count(value, counts);
        }
        return counts;
    }

    private static void count(@Nullable Object value, Map<String, Integer> counts) {
        if (value instanceof List<?> list) {
            list.forEach(element -> count(element, counts));
        } else if (value instanceof Map<?, ?> map) {
            for (String key : KEYS) {
                List<Object> found = NamedValues.of(text(map), key::equals);
                if (!found.isEmpty()) {
                    count(found.get(0), counts);
                    return;
                }
            }
            NamedValues.texts(map).forEach(text -> count(text, counts));
        } else if (value != null) {
            String text = value.toString();
            String contact = NormalizedText.of(text.substring(0, Math.min(text.length(), LONGEST)))
                    .toLowerCase(Locale.ROOT);
            if (!contact.isBlank()) {
                counts.merge(contact, 1, Integer::sum);
            }
        }
    }

    @SuppressWarnings("unchecked") // the keys of arguments are texts
    private static Map<String, @Nullable Object> text(Map<?, ?> map) {
        return (Map<String, @Nullable Object>) map;
    }
}
