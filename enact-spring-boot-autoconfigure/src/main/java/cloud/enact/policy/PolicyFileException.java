package cloud.enact.policy;

/** A policy file that can't be used as it is. */
public final class PolicyFileException extends PolicyConfigurationException {

    private final String file;

    private final int line;

    /**
     * Creates the exception.
     *
     * @param file what messages call the file
     * @param line the line, from 1; or 0 when it is about the whole file
     * @param what what is wrong, with the names involved
     * @param action what to do about it
     */
    public PolicyFileException(String file, int line, String what, String action) {
        super(file + ((line > 0) ? ", line " + line : "") + ": " + what, action);
        this.file = file;
        this.line = line;
    }

    public String getFile() {
        return this.file;
    }

    public int getLine() {
        return this.line;
    }
}
