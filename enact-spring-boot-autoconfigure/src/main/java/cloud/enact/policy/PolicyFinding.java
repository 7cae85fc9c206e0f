package cloud.enact.policy;

/**
 * Something that a policy file or configuration says, and its author probably did not mean.
 *
 * @param rule what kind of finding it is, in kebab-case, such as {@code shadowed-policy}
 * @param severity how bad it is
 * @param message what is wrong and what to do, in a sentence or two
 * @param file the file it stands in, or the configuration property
 * @param line line in that file, from 1; or 0 when unknown
 */
public record PolicyFinding(String rule, Severity severity, String message, String file, int line) {

    /** How bad a finding is. */
    public enum Severity {
        /** The policies can't be used. */
        ERROR,
        /** The policies can be used, but do not protect as they seem to. */
        WARNING,
        /** Worth to know. */
        NOTE
    }
}
