package cloud.enact.receipt;

/**
 * Something wrong with one entry.
 *
 * @param log its log
 * @param seq its place
 * @param state what is wrong
 * @param detail a sentence that says so
 */
public record VerificationProblem(String log, long seq, VerificationState state, String detail) {}
