package cloud.enact.receipt.sqlite;

import cloud.enact.receipt.EntryTables;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptCursor;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptPage;
import cloud.enact.receipt.ReceiptStoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One search for entries, newest first. The condition that the fewest entries meet leads through its index, the others
 * are checked entry by entry, of which a page looks at {@value #MOST_LOOKED_AT}: what it costs does not depend on how
 * many entries there are. For one connection and one page.
 */
final class EntrySearch {

    /** Entries one page looks at when it has to look at them. */
    static final int MOST_LOOKED_AT = 1000;

    /** Entries of an index that are counted to see which condition leads. */
    private static final int MOST_COUNTED = 1000;

    private final Connection connection;

    private final boolean complete;

    private final ReceiptFilter filter;

    /** What bounds every index, as all of them ascend by time and place. */
    private final Clause bounds;

    /**
     * Makes a search.
     *
     * @param complete whether the entries have all columns
     */
    EntrySearch(Connection connection, boolean complete, ReceiptFilter filter, @Nullable ReceiptCursor after)
            throws SQLException {
        this.connection = connection;
        this.complete = complete;
        this.filter = filter;
        this.bounds = bounds(after);
    }

    private Clause bounds(@Nullable ReceiptCursor after) throws SQLException {
        Clause bounds = Clause.none();
        if (this.filter.since() != null) {
            bounds = bounds.and("ts >= ?", EntryTables.micros(this.filter.since()));
        }
        if (this.filter.until() != null) {
            bounds = bounds.and("ts < ?", EntryTables.micros(this.filter.until()));
        }
        if (after != null) {
            bounds = bounds.and("(ts, id) < (?, ?)", EntryTables.micros(after.timestamp()), id(after));
        }
        return bounds;
    }

    private long id(ReceiptCursor cursor) throws SQLException {
        try (PreparedStatement query =
                this.connection.prepareStatement("SELECT id FROM receipt_entry WHERE log = ? AND seq = ?")) {
            query.setString(1, cursor.log());
            query.setLong(2, cursor.seq());
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    ReceiptPage page(int limit) throws SQLException {
        requireColumns();
        List<EntryIndex> indexes = new ArrayList<>(EntryIndex.of(this.filter));
        List<EntryIndex> prefix = actionsByPrefix();
        List<EntryIndex> leading = leading(indexes, prefix);
        Clause others = others(indexes, leading);
        boolean checked = !others.isEmpty();
        try (PreparedStatement places =
                        this.connection.prepareStatement(places(leading, checked ? MOST_LOOKED_AT : limit + 1));
                PreparedStatement entry = this.connection.prepareStatement("SELECT " + EntryRow.columns(this.complete)
                        + " FROM receipt_entry WHERE id = ?" + others.andThis())) {
            setArms(places, leading);
            return page(limit, checked, places, entry, others);
        }
    }

    private void requireColumns() {
        boolean needed = this.filter.system() != null
                || this.filter.workflow() != null
                || this.filter.mode() != null
                || this.filter.policy() != null;
        if (needed && !this.complete) {
            throw new ReceiptStoreException(
                    "The receipt store was written by an older version of Enact and can't be searched by system,"
                            + " workflow, mode or policy. Start the application once with this version, or search a"
                            + " copy",
                    null);
        }
    }

    private ReceiptPage page(
            int limit, boolean checked, PreparedStatement places, PreparedStatement entry, Clause others)
            throws SQLException {
        List<Receipt> found = new ArrayList<>();
        int looked = 0;
        long last = 0;
        @Nullable ReceiptCursor end = null;
        try (ResultSet place = places.executeQuery()) {
            while (place.next()) {
                looked++;
                last = place.getLong(1);
                entry.setLong(1, last);
                others.set(entry, 2);
                try (ResultSet row = entry.executeQuery()) {
                    if (!row.next()) {
                        continue;
                    }
                    if (found.size() == limit) {
                        return new ReceiptPage(found, end);
                    }
                    Receipt receipt = receipt(row);
                    found.add(receipt);
                    // by the key of the row: its bytes may say another time, and lead astray or in circles
                    end = new ReceiptCursor(EntryTables.instant(row.getLong("ts")), receipt.log(), receipt.seq());
                }
            }
        }
        return new ReceiptPage(found, (checked && looked == MOST_LOOKED_AT) ? cursor(last) : null);
    }

    private Receipt receipt(ResultSet row) throws SQLException {
        Receipt receipt = EntryRow.receipt(row);
        return (receipt.damage() == null
                        && this.filter.policy() != null
                        && !receipt.objectors().contains(this.filter.policy()))
                ? receipt.damaged("the list of objections says something else than its bytes")
                : receipt;
    }

    private @Nullable ReceiptCursor cursor(long id) throws SQLException {
        try (PreparedStatement query =
                this.connection.prepareStatement("SELECT ts, log, seq FROM receipt_entry WHERE id = ?")) {
            query.setLong(1, id);
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? new ReceiptCursor(EntryTables.instant(row.getLong(1)), row.getString(2), row.getLong(3))
                        : null;
            }
        }
    }

    /** The names that begin as asked for, each with its index, if they are few; none otherwise. */
    private List<EntryIndex> actionsByPrefix() throws SQLException {
        String prefix = this.filter.actionPrefix();
        if (prefix == null || prefix.isEmpty()) {
            return List.of();
        }
        List<EntryIndex> names = new ArrayList<>();
        try (PreparedStatement next =
                this.connection.prepareStatement("SELECT min(action) FROM receipt_entry WHERE action > ?")) {
            for (String name = smallest(prefix); name != null && name.startsWith(prefix); ) {
                if (names.size() == EntryIndex.MOST_NAMES) {
                    return List.of();
                }
                names.add(EntryIndex.action(name));
                next.setString(1, name);
                name = text(next);
            }
        }
        return names.isEmpty() ? List.of(EntryIndex.action(prefix)) : names;
    }

    private @Nullable String smallest(String prefix) throws SQLException {
        try (PreparedStatement first =
                this.connection.prepareStatement("SELECT min(action) FROM receipt_entry WHERE action >= ?")) {
            first.setString(1, prefix);
            return text(first);
        }
    }

    private static @Nullable String text(PreparedStatement query) throws SQLException {
        try (ResultSet row = query.executeQuery()) {
            return row.next() ? row.getString(1) : null;
        }
    }

    /** What finds the fewest entries. */
    private List<EntryIndex> leading(List<EntryIndex> indexes, List<EntryIndex> prefix) throws SQLException {
        List<List<EntryIndex>> choices =
                new ArrayList<>(indexes.stream().map(List::of).toList());
        if (!prefix.isEmpty()) {
            choices.add(prefix);
        }
        if (choices.isEmpty()) {
            return List.of(EntryIndex.time());
        }
        List<EntryIndex> best = choices.get(0);
        int fewest = Integer.MAX_VALUE;
        for (List<EntryIndex> choice : (choices.size() > 1) ? choices : List.<List<EntryIndex>>of()) {
            int count = count(choice);
            if (count < fewest) {
                best = choice;
                fewest = count;
            }
        }
        return best;
    }

    private int count(List<EntryIndex> choice) throws SQLException {
        String sql = arms(choice, MOST_COUNTED / choice.size());
        try (PreparedStatement query = this.connection.prepareStatement("SELECT count(*) FROM (" + sql + ")")) {
            setArms(query, choice);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getInt(1) : 0;
            }
        }
    }

    /** What the index that leads does not know. */
    private Clause others(List<EntryIndex> indexes, List<EntryIndex> leading) {
        Clause others = Clause.none();
        for (EntryIndex index : indexes) {
            if (!leading.contains(index)) {
                others = index.check(others);
            }
        }
        String prefix = this.filter.actionPrefix();
        if (prefix != null
                && !prefix.isEmpty()
                && (leading.get(0).column() == null || !leading.get(0).isOfActions())) {
            others = others.and("substr(action, 1, length(?)) = ?", prefix, prefix);
        }
        return others;
    }

    private String places(List<EntryIndex> leading, int most) {
        String arms = arms(leading, most);
        return (leading.size() == 1) ? arms : arms + EntryIndex.ORDER + " LIMIT " + most;
    }

    private String arms(List<EntryIndex> indexes, int most) {
        Stream<String> arms = indexes.stream().map(index -> index.select(this.bounds, most));
        return (indexes.size() == 1)
                ? arms.collect(Collectors.joining())
                : arms.map(arm -> "SELECT id, ts FROM (" + arm + ")").collect(Collectors.joining(" UNION ALL "));
    }

    private void setArms(PreparedStatement query, List<EntryIndex> indexes) throws SQLException {
        int at = 1;
        for (EntryIndex index : indexes) {
            if (index.column() != null) {
                query.setString(at++, index.value());
            }
            at = this.bounds.set(query, at);
        }
    }
}
