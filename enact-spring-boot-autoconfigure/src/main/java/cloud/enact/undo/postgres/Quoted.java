package cloud.enact.undo.postgres;

/** Names and text written so that SQL reads them as nothing else. */
public final class Quoted {

    private Quoted() {}

    /** A name of a schema, table or column. */
    public static String name(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /** A literal, for sessions that read backslashes as themselves. */
    static String text(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
