package cloud.enact.policy;

import java.util.List;

/**
 * Reads policy files of another format than Enact's own. A bean of this type is asked about each file of
 * {@code enact.policy-files}; the first that knows the format gets the file.
 *
 * <ol>
 *   <li>It never trusts a file: no size, depth or content of it leads to anything but policies or a
 *       {@link PolicyConfigurationException} that names the file and the line.
 *   <li>It keeps no state between two calls: files are read again when they change.
 *   <li>Thread-safe.
 * </ol>
 */
public interface PolicyFileReader {

    /** Whether the file is written in this format. Never throws, and needs not be sure that the file is valid. */
    boolean knows(PolicyFile file);

    /**
     * Makes policies of all files of this format together, because one may refer to another.
     *
     * @param files those that it {@linkplain #knows knows}, in the order of their names; never empty
     * @return the policies, in the order in which they are to be asked
     * @throws PolicyConfigurationException when a file is not valid
     */
    List<FilePolicy> read(List<PolicyFile> files);

    /** Says what is valid in these files, but probably not meant. */
    default List<PolicyFinding> lint(List<PolicyFile> files) {
        return List.of();
    }
}
