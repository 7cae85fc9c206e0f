package cloud.enact.console;

import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptPage;
import cloud.enact.receipt.search.ReceiptSearch;
import cloud.enact.receipt.search.TextProjection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The list of receipts, newest first, a page at a time. Thread-safe. */
final class ReceiptsPage {

    private static final int LIMIT = 50;

    /** Decisions the picture shows: a bounded look, however many there are. */
    private static final int WINDOW = 300;

    private final ConsoleSources sources;

    private final Frame frame;

    private final ReceiptRows rows;

    ReceiptsPage(ConsoleSources sources, Frame frame) {
        this.sources = sources;
        this.frame = frame;
        this.rows = new ReceiptRows(sources);
    }

    Reply answer(PageRequest request) {
        ListQuery query = ListQuery.read(request, this.sources.search() != null);
        ReceiptPage page = find(query);
        Map<String, @Nullable Object> model = this.frame.model(request, "Receipts");
        putForm(model, query);
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        int signed = 0;
        for (Receipt receipt : page.receipts()) {
            Map<String, @Nullable Object> row = this.rows.row(request.base(), receipt);
            rows.add(row);
            signed += Boolean.TRUE.equals(row.get("signed")) ? 1 : 0;
        }
        model.put("rows", rows);
        model.put("count", rows.size());
        model.put("signatures", signatures(signed, rows.size()));
        model.put("allSigned", signed == rows.size());
        model.put("older", (page.next() != null) ? request.base() + "/receipts" + query.behind(page.next()) : null);
        model.put("newest", (query.cursor() != null) ? request.base() + "/receipts" + query.behind(null) : null);
        model.put("live", query.cursor() == null);
        model.put(
                "mark",
                (query.cursor() == null && !page.receipts().isEmpty())
                        ? LiveUpdates.mark(page.receipts().get(0))
                        : "");
        model.put("chart", new DecisionChart(window(query)).model());
        return this.frame.render(200, "receipts", model);
    }

    private ReceiptPage find(ListQuery query) {
        ReceiptSearch search = this.sources.search();
        return (query.words() != null && search != null)
                ? search.find(query.words(), query.filter(), query.cursor(), LIMIT)
                : this.sources.store().query(query.filter(), query.cursor(), LIMIT);
    }

    /** The newest decisions of what is looked for. */
    private List<Receipt> window(ListQuery query) {
        ReceiptFilter filter = query.filter();
        if (filter.kind() != null && filter.kind() != ReceiptKind.DECIDED || query.words() != null) {
            return List.of();
        }
        ReceiptFilter decided = ReceiptFilter.builder()
                .kind(ReceiptKind.DECIDED)
                .decision(filter.decision())
                .actions((filter.actionPrefix() != null) ? filter.actionPrefix() + "*" : filter.action())
                .actor(filter.actor())
                .policy(filter.policy())
                .run(filter.runId())
                .since(filter.since())
                .until(filter.until())
                .build();
        return this.sources.store().query(decided, query.cursor(), WINDOW).receipts();
    }

    private static String signatures(int signed, int all) {
        return signed + " of " + all + (all == 1 ? " signature is valid" : " signatures are valid");
    }

    private void putForm(Map<String, @Nullable Object> model, ListQuery query) {
        for (String name : new TreeSet<>(ListQuery.FILTERS)) {
            model.put(name + "Field", query.fields().get(name));
        }
        model.put("filtered", !query.fields().isEmpty());
        model.put("decisions", options(ReceiptFilter.decisions(), query.fields().get("decision")));
        model.put(
                "kinds",
                options(
                        Arrays.stream(ReceiptKind.values())
                                .map(ReceiptKind::name)
                                .toList(),
                        query.fields().get("kind")));
        ReceiptSearch search = this.sources.search();
        model.put("searchable", search != null);
        if (search != null && query.words() != null) {
            TextProjection.Progress progress = search.progress();
            model.put("behind", (progress.behind() > 0) ? progress.behind() : null);
        } else {
            model.put("behind", null);
        }
    }

    private static List<Map<String, @Nullable Object>> options(Collection<String> values, @Nullable String chosen) {
        List<Map<String, @Nullable Object>> options = new ArrayList<>();
        for (String value : values) {
            Map<String, @Nullable Object> option = new LinkedHashMap<>();
            option.put("value", value);
            option.put("text", value.replace('_', ' '));
            option.put("chosen", value.equals(chosen));
            options.add(option);
        }
        return options;
    }
}
