package cloud.enact.undo.postgres;

/** Decides which values of rows a report shows. */
@FunctionalInterface
public interface ValueMask {

    /** The text to show for a value. */
    String mask(TableName table, String column, String text);
}
