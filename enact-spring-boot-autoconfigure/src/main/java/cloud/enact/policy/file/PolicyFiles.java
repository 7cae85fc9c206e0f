package cloud.enact.policy.file;

import cloud.enact.policy.FilePolicy;
import cloud.enact.policy.PolicyConfigurationException;
import cloud.enact.policy.PolicyFile;
import cloud.enact.policy.PolicyFileReader;
import cloud.enact.policy.PolicyFinding;
import cloud.enact.policy.PolicySpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads policy files of all formats. Thread-safe. */
public final class PolicyFiles {

    private static final List<String> EXTENSIONS = List.of(".yaml", ".yml");

    private final List<PolicyFileReader> others;

    /**
     * Creates the reader.
     *
     * @param others readers of other formats than Enact's own, in the order in which they are asked
     */
    public PolicyFiles(List<? extends PolicyFileReader> others) {
        this.others = List.copyOf(others);
    }

    /** Whether a file of that name may hold policies: neither tests of policies nor anything but YAML. */
    public static boolean isPolicyFile(String name) {
        return isYaml(name) && !isTestFile(name);
    }

    /** Whether a file of that name holds tests of policies. */
    public static boolean isTestFile(String name) {
        return EXTENSIONS.stream().anyMatch(extension -> name.endsWith("_test" + extension));
    }

    private static boolean isYaml(String name) {
        return EXTENSIONS.stream().anyMatch(name::endsWith);
    }

    /**
     * Reads files.
     *
     * @throws PolicyConfigurationException when one is not valid; the message names the file and the line
     */
    public LoadedPolicies read(List<PolicyFile> files) {
        List<PolicySpec> specs = new ArrayList<>();
        List<FilePolicy> policies = new ArrayList<>();
        ByFormat sorted = sort(files);
        sorted.own.forEach(file -> specs.addAll(PolicyPacks.expand(EnactFormat.read(file))));
        sorted.others.forEach((reader, own) -> policies.addAll(reader.read(own)));
        return new LoadedPolicies(specs, policies);
    }

    /** What the readers of other formats find suspicious. */
    public List<PolicyFinding> lint(List<PolicyFile> files) {
        List<PolicyFinding> findings = new ArrayList<>();
        sort(files).others.forEach((reader, own) -> findings.addAll(reader.lint(own)));
        return findings;
    }

    private ByFormat sort(List<PolicyFile> files) {
        ByFormat sorted = new ByFormat(new ArrayList<>(), new LinkedHashMap<>());
        for (PolicyFile file : files) {
            this.others.stream()
                    .filter(reader -> reader.knows(file))
                    .findFirst()
                    .map(reader -> sorted.others.computeIfAbsent(reader, key -> new ArrayList<>()))
                    .orElse(sorted.own)
                    .add(file);
        }
        return sorted;
    }

    /** Files by who reads them. */
    private record ByFormat(List<PolicyFile> own, Map<PolicyFileReader, List<PolicyFile>> others) {}
}
