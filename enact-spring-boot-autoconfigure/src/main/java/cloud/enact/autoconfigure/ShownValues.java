package cloud.enact.autoconfigure;

import cloud.enact.receipt.Masking;
import cloud.enact.undo.postgres.TableName;
import cloud.enact.undo.postgres.ValueMask;
import java.util.List;
import org.springframework.util.PatternMatchUtils;

/** Shows the values of configured columns, and never a secret. */
final class ShownValues implements ValueMask {

    private final Masking masking;

    private final String[] columns;

    ShownValues(Masking masking, List<String> columns) {
        this.masking = masking;
        this.columns = columns.toArray(String[]::new);
    }

    @Override
    public String mask(TableName table, String column, String text) {
        return PatternMatchUtils.simpleMatch(this.columns, table + "." + column)
                ? withoutSecrets(table, column, text)
                : Masking.MASK;
    }

    /** The value of a column that may be shown, unless it is a secret by its name or by what it looks like. */
    String withoutSecrets(TableName table, String column, String text) {
        return this.masking.mask(column, text);
    }
}
