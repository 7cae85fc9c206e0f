package cloud.enact.receipt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A part of a log that one key signed, as the search of its store tells; a verification of the log proves it.
 *
 * @param log id of the log
 * @param fromSeq its first place
 * @param toSeq its last place, which is that of the log's last entry for the key in force
 * @param kid id of the key
 * @param alg its algorithm
 * @param known whether the key is configured here
 */
public record KeyRange(String log, long fromSeq, long toSeq, String kid, String alg, boolean known) {

    /** Which keys signed which parts of a store's logs, log by log. */
    public static List<KeyRange> of(ReceiptStore store, ReceiptKeys keys) {
        KeyPlaces places = new KeyPlaces(store, keys);
        List<KeyRange> ranges = new ArrayList<>();
        for (String log : store.logs()) {
            Optional<Receipt> head = store.head(log);
            if (head.isEmpty()) {
                continue;
            }
            List<Receipt> starts = new ArrayList<>();
            store.read(log, 1, 1).stream()
                    .filter(entry -> entry.damage() == null)
                    .forEach(starts::add);
            starts.addAll(places.changes(log).values());
            for (int i = 0; i < starts.size(); i++) {
                Receipt start = starts.get(i);
                long end = (i + 1 < starts.size())
                        ? starts.get(i + 1).seq() - 1
                        : head.get().seq();
                String kid = start.header().kid();
                ranges.add(new KeyRange(
                        log,
                        start.seq(),
                        end,
                        kid,
                        start.header().alg(),
                        keys.ids().contains(kid)));
            }
        }
        return ranges;
    }
}
