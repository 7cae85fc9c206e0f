package cloud.enact.policy.cerbos.document;

import cloud.enact.policy.PolicyFileException;

/**
 * A text and where it stands.
 *
 * @param text the text
 * @param file the file
 * @param line the line, from 1
 */
public record Located(String text, String file, int line) {

    /** File and line, for messages. */
    public String place() {
        return this.file + ", line " + this.line;
    }

    /** Makes the exception that says what is wrong with it. */
    public PolicyFileException wrong(String what, String remedy) {
        return new PolicyFileException(this.file, this.line, what, remedy);
    }
}
