package cloud.enact.faults;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** The rows of one owner, as they are or will be after some statements; each row has two entries. Immutable. */
record Ledger(int owner, Map<Integer, String> rows) {

    /** Tables with a key and a cascade. */
    static final String TABLES = "CREATE TABLE ledger (owner int, id int, v text, PRIMARY KEY (owner, id));"
            + " CREATE TABLE entry (owner int, ledger int, n int, PRIMARY KEY (owner, ledger, n),"
            + " FOREIGN KEY (owner, ledger) REFERENCES ledger ON DELETE CASCADE)";

    private static final int KEYS = 12;

    static Ledger empty(int owner) {
        return new Ledger(owner, Map.of());
    }

    /** Selects what {@link #text} says. */
    String query() {
        return "SELECT coalesce(string_agg(l.id || '=' || l.v || ':' || (SELECT count(*) FROM entry e WHERE e.owner ="
                + " l.owner AND e.ledger = l.id), ';' ORDER BY l.id), '') FROM ledger l WHERE l.owner = " + this.owner;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        this.rows.forEach((id, value) -> text.append(text.isEmpty() ? "" : ";")
                .append(id)
                .append('=')
                .append(value)
                .append(":2"));
        return text.toString();
    }

    String digest() {
        return Tree.sha256(text());
    }

    /** A statement that can be executed here, and the rows after it. */
    Change anyChange(Random random) {
        Map<Integer, String> next = new TreeMap<>(this.rows);
        int id = random.nextInt(KEYS);
        String value = Integer.toString(random.nextInt(1_000_000)).repeat((random.nextInt(8) == 0) ? 4_000 : 1);
        String row = " WHERE owner = " + this.owner + " AND id = " + id;
        if (!this.rows.containsKey(id)) {
            next.put(id, value);
            return new Change(
                    "WITH l AS (INSERT INTO ledger VALUES (" + this.owner + ", " + id + ", '" + value
                            + "') RETURNING owner, id) INSERT INTO entry SELECT owner, id, n FROM l,"
                            + " generate_series(1, 2) n",
                    new Ledger(this.owner, next));
        }
        switch (random.nextInt(4)) {
            case 0 -> {
                next.put(id, value);
                return new Change("UPDATE ledger SET v = '" + value + "'" + row, new Ledger(this.owner, next));
            }
            case 1 -> {
                next.replaceAll((key, old) -> old + "x");
                return new Change(
                        "UPDATE ledger SET v = v || 'x' WHERE owner = " + this.owner, new Ledger(this.owner, next));
            }
            default -> {
                next.remove(id);
                return new Change("DELETE FROM ledger" + row, new Ledger(this.owner, next));
            }
        }
    }

    /** A statement and what it leaves behind. */
    record Change(String sql, Ledger after) {}
}
