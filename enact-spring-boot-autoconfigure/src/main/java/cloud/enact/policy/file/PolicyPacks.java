package cloud.enact.policy.file;

import cloud.enact.policy.NearestName;
import cloud.enact.policy.PolicyConfigurationException;
import cloud.enact.policy.PolicyFile;
import cloud.enact.policy.PolicySpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The packs that Enact brings along. */
public final class PolicyPacks {

    private static final String FOLDER = "/enact/packs/";

    private static final List<String> NAMES =
            List.of("coding-agent", "production-database", "git-safety", "slack-etiquette", "payments");

    private PolicyPacks() {}

    /** Their names. */
    public static List<String> names() {
        return NAMES;
    }

    /** Reads a pack. */
    public static PolicyPack pack(String name) {
        String file = FOLDER + name + ".yaml";
        try (InputStream content = PolicyPacks.class.getResourceAsStream(file)) {
            if (content == null) {
                throw new IllegalStateException("The pack " + name + " is missing in the jar of Enact");
            }
            return PolicyPack.read(
                    name, new PolicyFile("pack " + name, new String(content.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException ex) {
            throw new UncheckedIOException("The pack " + name + " can't be read", ex);
        }
    }

    /**
     * Puts the policies of packs where the packs are named.
     *
     * @throws PolicyConfigurationException when there is no such pack, or it has no such parameter
     */
    public static List<PolicySpec> expand(List<PolicyEntry> entries) {
        return entries.stream().flatMap(entry -> expand(entry).stream()).toList();
    }

    private static List<PolicySpec> expand(PolicyEntry entry) {
        String name = entry.pack();
        if (name == null) {
            return List.of(entry.spec());
        }
        if (!NAMES.contains(name)) {
            throw new PolicyConfigurationException(
                    entry.spec().origin("pack") + ": there is no pack '" + name + "'",
                    new NearestName(NAMES).hint(name));
        }
        return pack(name).specs(entry);
    }
}
