package cloud.enact.hook.claudecode;

/** Names of Claude Code. */
final class ClaudeCode {

    /** What it is called where agents are told apart. */
    static final String AGENT = "claude-code";

    /** First part of the names of its actions. */
    static final String SYSTEM = "claude_code";

    private ClaudeCode() {}
}
