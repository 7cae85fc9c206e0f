package cloud.enact.undo.postgres;

/** Names and text written so that SQL reads them as nothing else. */
final class Quoted {

    private Quoted() {}

    static String name(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /** A literal, for sessions that read backslashes as themselves. */
    static String text(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
