package cloud.enact.connector.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of one row, by column.
 *
 * @param values not empty
 */
record RowData(Map<String, @Nullable Object> values) {

    List<RowColumn> columns(RowTable table) {
        List<RowColumn> columns = new ArrayList<>();
        this.values.keySet().forEach(name -> columns.add(table.column(name)));
        return columns;
    }

    @Nullable
    Object value(RowColumn column) {
        return this.values.get(column.name());
    }
}
