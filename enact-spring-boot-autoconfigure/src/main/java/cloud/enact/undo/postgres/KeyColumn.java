package cloud.enact.undo.postgres;

/**
 * A column of a primary key.
 *
 * @param name the column
 * @param operator the operator by which the key's index finds equal values, written with its schema
 */
record KeyColumn(String name, String operator) {

    String of(String alias) {
        return alias + "." + Quoted.name(this.name);
    }

    /** The condition under which two rows agree in this column. */
    String matches(String one, String other) {
        return of(one) + " " + this.operator + " " + of(other);
    }
}
