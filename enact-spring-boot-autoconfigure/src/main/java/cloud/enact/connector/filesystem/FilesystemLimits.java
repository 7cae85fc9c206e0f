package cloud.enact.connector.filesystem;

/**
 * How much one operation of the filesystem connector may take. Given in code, to the connector's builder; no property
 * sets it.
 *
 * @param maxReadBytes the largest file {@code read_file} returns, in bytes
 * @param maxListEntries how many entries {@code list_dir} returns; the rest is said to be there
 * @param maxTreeEntries how many files and directories one {@code delete_dir} takes
 */
public record FilesystemLimits(long maxReadBytes, int maxListEntries, int maxTreeEntries) {

    /** Arrays and texts can't be longer. */
    private static final long MOST_READ_BYTES = 1024L * 1024 * 1024;

    public FilesystemLimits {
        if (maxReadBytes <= 0 || maxReadBytes > MOST_READ_BYTES) {
            throw new IllegalArgumentException(
                    "The largest file to read must be between 1 and " + MOST_READ_BYTES + " bytes");
        }
        if (maxListEntries <= 0 || maxTreeEntries <= 0) {
            throw new IllegalArgumentException("The limits of a filesystem connector must be positive");
        }
    }

    /** 10 MiB to read, 10,000 entries to list, 200,000 entries to delete at once. */
    public static FilesystemLimits defaults() {
        return new FilesystemLimits(10L * 1024 * 1024, 10_000, 200_000);
    }
}
