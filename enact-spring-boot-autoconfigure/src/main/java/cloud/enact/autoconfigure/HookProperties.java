package cloud.enact.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Doors for coding agents.
 *
 * @param claudeCode Hooks of Claude Code.
 * @param selfProtection Whether calls that would touch the guard itself are blocked: its store, keys, tokens, policies, process and port, and the settings of hooks. It holds also while observing.
 * @param outcomeTimeout How long the outcome of a call is waited for before its record says that nobody knows it.
 * @param openCalls How many calls are waited for at the same time.
 */
record HookProperties(
        @DefaultValue @NestedConfigurationProperty ClaudeCode claudeCode,
        @DefaultValue("true") boolean selfProtection,
        @DefaultValue("24h") Duration outcomeTimeout,
        @DefaultValue("10000") int openCalls) {

    /**
     * Hooks of Claude Code.
     *
     * @param enabled Whether the application answers the hooks of Claude Code at /enact/hooks/claude-code.
     * @param onPass What is answered to a call that no policy objects to: nothing, so that Claude Code and its user decide (passthrough), or that it may be made without asking (allow).
     * @param installations Installations that may ask, each with a token of its own.
     * @param undo Undo of what the agent does with files of this machine.
     */
    record ClaudeCode(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("passthrough") OnPass onPass,
            @DefaultValue List<InstallationEntry> installations,
            @DefaultValue @NestedConfigurationProperty Undo undo) {}

    /**
     * Undo of what a coding agent does with files, for an application that runs on the machine the agent works on.
     *
     * @param enabled Whether files are captured before a call that changes them is answered.
     * @param roots Directories in which files are captured, for agents that work in one of them. None inside another, nor in or around that of a filesystem connector.
     * @param maxFiles How many files are captured for one call.
     * @param maxSize How much content is captured for one call.
     * @param uncovered What is answered to a call that changes more than is captured, or a file outside of the roots: nothing, and its receipt says what is not covered (pass), or a denial (deny).
     */
    record Undo(
            @DefaultValue("false") boolean enabled,
            @DefaultValue List<Path> roots,
            @DefaultValue("1000") int maxFiles,
            @DefaultValue("64MB") DataSize maxSize,
            @DefaultValue("pass") Uncovered uncovered) {}

    /** What is answered to a call of which something can't be undone. */
    enum Uncovered {
        /** Nothing; its receipt says what is not covered. */
        PASS,
        /** A denial. */
        DENY
    }

    /** What is answered to a call that no policy objects to. */
    enum OnPass {
        /** Nothing: the agent and its user decide. */
        PASSTHROUGH,
        /** That it may be made, without asking its user. */
        ALLOW
    }

    /**
     * An installation of a coding agent.
     *
     * @param id Who asks with this token: an e-mail address or client id.
     * @param roles Roles.
     * @param token Its token; only a digest of it is kept in memory.
     * @param tokenHash Digest of its token in place of the token: sha256: and 64 hexadecimal digits.
     * @param headless Whether nobody sits in front of it, so that nobody there can be asked.
     */
    record InstallationEntry(
            @Nullable String id,
            @DefaultValue Set<String> roles,
            @Nullable String token,
            @Nullable String tokenHash,
            @DefaultValue("false") boolean headless) {

        @Override
        public String toString() {
            return "InstallationEntry[" + this.id + "]";
        }
    }
}
