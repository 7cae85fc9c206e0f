package cloud.enact.undo.postgres;

/**
 * A column whose values are captured.
 *
 * @param name the name
 * @param type its type as SQL, with its collation
 * @param generated whether its value is computed, so that nobody can write it
 * @param identityAlways whether an UPDATE can't write it
 */
record Column(String name, String type, boolean generated, boolean identityAlways) {

    String quoted() {
        return Quoted.name(this.name);
    }

    String of(String alias) {
        return alias + "." + quoted();
    }
}
