package cloud.enact.cli;

import cloud.enact.hook.InstallationTokens;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The token of an installation: for whoever installs it, and its hash for the guard. */
final class HookToken {

    static final String VARIABLE = "ENACT_HOOK_TOKEN";

    private static final int BYTES = 32;

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,99}");

    private final String token;

    private HookToken(String token) {
        this.token = token;
    }

    static HookToken of(String token) {
        return new HookToken(token.strip());
    }

    static HookToken made() {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        return new HookToken(HexFormat.of().formatHex(random));
    }

    /** Hands it over, once: in a new file of the owner, or on the terminal. */
    void handOver(Console console, @Nullable Path file) {
        if (file == null) {
            console.line("The token of this installation, shown this once: " + this.token);
            console.line("Set " + VARIABLE + " to it where the agent is started.");
            return;
        }
        String content = "export " + VARIABLE + "=" + this.token + "\n";
        NewFile.write(file, out -> {
            out.write(content.getBytes(StandardCharsets.UTF_8));
            return file;
        });
        console.line("The token is in " + file + ", readable for you alone. Before the agent is started: . " + file);
    }

    /** Says what the configuration of the guard needs, which is not the token. */
    void introduce(Console console, String id) {
        console.line("The guard keeps its hash alone, under enact.hooks.claude-code.installations:");
        console.line("  - id: " + (PLAIN.matcher(id).matches() ? id : "developer"));
        console.line("    token-hash: " + InstallationTokens.hash(this.token));
    }

    @Override
    public String toString() {
        return "HookToken[hidden]";
    }
}
