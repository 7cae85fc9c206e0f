package cloud.enact.analysis.sql;

/** What a condition says of all rows. */
enum Truth {
    /** It holds for every row. */
    TRUE,
    /** It holds for none. */
    FALSE,
    /** Values that come later decide, for all rows alike. */
    OPEN,
    /** It tells rows apart. */
    ROW;

    Truth not() {
        return switch (this) {
            case TRUE -> FALSE;
            case FALSE -> TRUE;
            case OPEN -> OPEN;
            case ROW -> ROW;
        };
    }

    Truth or(Truth other) {
        if (this == TRUE || other == TRUE) {
            return TRUE;
        }
        return (this == FALSE) ? other : (other == FALSE) ? this : (this == other) ? this : ROW;
    }

    Truth and(Truth other) {
        if (this == FALSE || other == FALSE) {
            return FALSE;
        }
        return (this == TRUE) ? other : (other == TRUE) ? this : (this == other) ? this : ROW;
    }
}
