package cloud.enact.connector.postgres;

/**
 * How much one operation of a {@link PostgresConnector} may take.
 *
 * @param maxRows how many rows are returned, or inserted, at once
 * @param maxCharacters how many characters the values of all returned rows may have together
 */
public record PostgresLimits(int maxRows, int maxCharacters) {

    public PostgresLimits {
        if (maxRows < 1 || maxCharacters < 1) {
            throw new IllegalArgumentException("Limits must be positive");
        }
    }

    public static PostgresLimits defaults() {
        return new PostgresLimits(1000, 1024 * 1024);
    }
}
