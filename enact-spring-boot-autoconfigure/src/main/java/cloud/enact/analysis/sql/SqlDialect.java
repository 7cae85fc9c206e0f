package cloud.enact.analysis.sql;

/** Where strings and comments end: the two ways in which databases disagree most. */
enum SqlDialect {
    /** Backslashes mean nothing outside {@code E''}, comments nest, dollar signs quote. */
    POSTGRES,
    /** Backslashes escape, {@code #} begins a comment and {@code --} only before a blank. */
    MYSQL
}
