package cloud.enact;

/** How much a test tries: a little in every build, and a lot with {@code -Pfaults}. */
public final class Effort {

    private Effort() {}

    /**
     * The first of them, or the second with {@code -Pfaults}.
     *
     * @param quick what is enough to find what is found again and again
     * @param thorough what finds the rest
     */
    public static int of(int quick, int thorough) {
        return Boolean.getBoolean("enact.faults.thorough") ? thorough : quick;
    }

    /** How often a process is killed while it writes. */
    public static int kills() {
        return Integer.getInteger("enact.faults.kills", 6);
    }
}
