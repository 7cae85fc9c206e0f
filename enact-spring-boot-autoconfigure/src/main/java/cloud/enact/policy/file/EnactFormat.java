package cloud.enact.policy.file;

import cloud.enact.policy.PolicyFile;
import cloud.enact.policy.PolicyFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Enact's own format: a map with the list {@code policies} and, if one likes, a {@code description}. */
final class EnactFormat {

    private static final List<String> KEYS = List.of("policies", "description");

    private EnactFormat() {}

    static List<PolicyEntry> read(PolicyFile file) {
        Map<String, YamlValue> members = onlyDocument(file).members("a policy file", KEYS);
        YamlValue policies = members.get("policies");
        if (policies == null || policies.isNull()) {
            throw nothing(file);
        }
        return entries(policies, baseName(file.name()));
    }

    /** The entries of a list. */
    static List<PolicyEntry> entries(YamlValue policies, String file) {
        List<PolicyEntry> entries = new ArrayList<>();
        for (YamlValue entry : policies.elements("'policies'")) {
            entries.add(PolicyEntryReader.read(entry, file + "[" + entries.size() + "]"));
        }
        return entries;
    }

    static YamlValue onlyDocument(PolicyFile file) {
        List<YamlValue> documents = YamlValue.documents(file);
        if (documents.isEmpty() || documents.get(0).isNull()) {
            throw nothing(file);
        }
        if (documents.size() > 1) {
            throw documents.get(1).wrong("the file holds several documents", "Give each a file of its own.");
        }
        return documents.get(0);
    }

    private static PolicyFileException nothing(PolicyFile file) {
        return new PolicyFileException(
                file.name(),
                0,
                "the file holds no policies",
                "Write policies: and a list of them, or remove the file from enact.policy-files.");
    }

    /** The last part of a path or address, which does not change with the machine. */
    private static String baseName(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }
}
