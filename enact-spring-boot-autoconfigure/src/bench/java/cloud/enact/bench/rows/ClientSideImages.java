package cloud.enact.bench.rows;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** What many products do: read rows to the client, keep them as JSON in a table, and put them back one by one. */
final class ClientSideImages {

    static final String TABLE = "CREATE TABLE image (run uuid, id bigint GENERATED ALWAYS AS IDENTITY, body text);"
            + "CREATE INDEX ON image (run)";

    private static final int BATCH = 1000;

    private final JsonMapper json = JsonMapper.builder().build();

    /** Keeps all rows for which a condition on the number of a row holds. */
    void keep(Connection connection, UUID run, String table, String condition, long id) throws SQLException {
        try (PreparedStatement read = connection.prepareStatement(
                        "SELECT * FROM " + table + " WHERE id " + condition + " ? FOR UPDATE");
                PreparedStatement write = connection.prepareStatement("INSERT INTO image (run, body) VALUES (?, ?)")) {
            read.setFetchSize(BATCH);
            read.setLong(1, id);
            int pending = 0;
            try (ResultSet rows = read.executeQuery()) {
                while (rows.next()) {
                    write.setObject(1, run);
                    write.setString(2, image(rows));
                    write.addBatch();
                    if (++pending % BATCH == 0) {
                        write.executeBatch();
                    }
                }
            }
            write.executeBatch();
        }
    }

    private String image(ResultSet row) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        Map<String, Object> image = new LinkedHashMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            image.put(columns.getColumnName(i), row.getString(i));
        }
        return this.json.writeValueAsString(image);
    }

    /** Puts all rows back that a run kept. */
    void putBack(Connection connection, UUID run, String table) throws SQLException {
        try (PreparedStatement read =
                        connection.prepareStatement("SELECT body FROM image WHERE run = ? ORDER BY id DESC");
                PreparedStatement write = connection.prepareStatement("INSERT INTO " + table
                        + " SELECT * FROM jsonb_populate_record(NULL::" + table + ", ?::jsonb)")) {
            read.setFetchSize(BATCH);
            read.setObject(1, run);
            try (ResultSet rows = read.executeQuery()) {
                while (rows.next()) {
                    write.setString(1, rows.getString(1));
                    write.executeUpdate();
                }
            }
        }
    }
}
