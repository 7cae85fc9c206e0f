package cloud.enact.bench;

/**
 * What the measured call is asked to do: the size of a real one.
 *
 * @param repository repository to push to
 * @param branch branch to push to
 * @param path file that is written
 * @param sql statement the file holds
 * @param message why
 */
record Migration(String repository, String branch, String path, String sql, String message) {

    static final Migration TYPICAL = new Migration(
            "acme/shop",
            "release/2026-11",
            "/srv/shop/db/migrations/V42__customer_notes.sql",
            "UPDATE customer SET note = 'moved to the new tariff', tariff = 'B2' WHERE tariff = 'B1'"
                    + " AND country IN ('NO', 'SE') AND contract_end < DATE '2027-01-01'",
            "Move customers of the old tariff in Norway and Sweden to its successor, as agreed with sales on Tuesday."
                    + " The nightly job picks up the rest; see the note in the release plan.");

    /** What the method really does: next to nothing, so that everything else shows. */
    String perform() {
        return this.repository.length() + this.branch.length() + this.path + this.sql.length() + this.message.length();
    }
}
