package cloud.enact.autoconfigure;

import cloud.enact.gate.EnactStartupException;
import cloud.enact.hook.Installation;
import cloud.enact.hook.InstallationTokens;
import java.util.List;
import java.util.Objects;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.util.StringUtils;

/** The installations that {@code enact.hooks} names. */
final class HookInstallations {

    private static final Log logger = LogFactory.getLog(HookInstallations.class);

    /** Shorter ones may be found by trying. */
    private static final int SHORTEST = 20;

    private HookInstallations() {}

    static InstallationTokens of(HookProperties.ClaudeCode properties) {
        List<HookProperties.InstallationEntry> entries = properties.installations();
        if (entries.isEmpty()) {
            throw new EnactStartupException(
                    "enact.hooks.claude-code.enabled is set, but no installation may ask.",
                    "Set enact.hooks.claude-code.installations[0].id and .token, such as ${ENACT_HOOK_TOKEN}.");
        }
        InstallationTokens tokens = InstallationTokens.none();
        for (int i = 0; i < entries.size(); i++) {
            tokens = with(tokens, entries.get(i), "enact.hooks.claude-code.installations[" + i + "]");
        }
        return tokens;
    }

    private static InstallationTokens with(
            InstallationTokens tokens, HookProperties.InstallationEntry entry, String key) {
        if (!StringUtils.hasText(entry.id())) {
            throw new EnactStartupException(
                    key + " has no id.", "Set " + key + ".id to an e-mail address or client id.");
        }
        if (StringUtils.hasText(entry.token()) == StringUtils.hasText(entry.tokenHash())) {
            throw new EnactStartupException(
                    key + " needs a token, or the digest of one, and not both.",
                    "Set the environment variable ENACT_HOOK_TOKEN and " + key + ".token=${ENACT_HOOK_TOKEN}, or " + key
                            + ".token-hash.");
        }
        Installation installation = new Installation(entry.id().strip(), entry.roles(), entry.headless());
        try {
            String digest = entry.tokenHash();
            if (digest != null && StringUtils.hasText(digest)) {
                return tokens.withDigest(digest.strip(), installation);
            }
            String token = Objects.requireNonNull(entry.token()).strip();
            if (token.length() < SHORTEST) {
                logger.warn(key + ".token has fewer than " + SHORTEST
                        + " characters, so somebody may find it by trying. Make one with: openssl rand -hex 32");
            }
            return tokens.with(token, installation);
        } catch (IllegalArgumentException ex) {
            throw new EnactStartupException(
                    "The token of " + key + " can't be used: " + ex.getMessage() + ".",
                    "Give each installation a token of its own, made with: openssl rand -hex 32.",
                    ex);
        }
    }
}
