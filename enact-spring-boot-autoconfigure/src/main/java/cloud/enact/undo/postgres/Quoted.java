package cloud.enact.undo.postgres;

/** Names and text written so that SQL reads them as nothing else. */
public final class Quoted {

    private Quoted() {}

    /** A name of a schema, table or column. */
    public static String name(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /** A literal, which reads the same whether a session takes backslashes for themselves or not. */
    static String text(String text) {
        String quoted = "'" + text.replace("'", "''") + "'";
        return (quoted.indexOf('\\') < 0) ? quoted : " E" + quoted.replace("\\", "\\\\");
    }
}
