package cloud.enact.policy.file;

import cloud.enact.policy.FilePolicy;
import cloud.enact.policy.PolicyConfigurationException;
import cloud.enact.policy.PolicyFile;
import cloud.enact.policy.PolicyFileException;
import cloud.enact.policy.PolicyFileReader;
import cloud.enact.policy.PolicyFinding;
import cloud.enact.policy.PolicySpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads policy files of all formats. Thread-safe. */
public final class PolicyFiles {

    private static final List<String> EXTENSIONS = List.of(".yaml", ".yml");

    private static final int LARGEST_FILE = 1024 * 1024;

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

    /**
     * Reads the text of one file.
     *
     * @throws PolicyFileException when it is too large, or not encoded in UTF-8
     */
    public static PolicyFile open(String name, InputStream content) throws IOException {
        byte[] bytes = content.readNBytes(LARGEST_FILE + 1);
        if (bytes.length > LARGEST_FILE) {
            throw new PolicyFileException(name, 0, "the file has more than " + LARGEST_FILE + " bytes", "Split it.");
        }
        try {
            ByteBuffer text = ByteBuffer.wrap(bytes);
            return new PolicyFile(
                    name, StandardCharsets.UTF_8.newDecoder().decode(text).toString());
        } catch (CharacterCodingException ex) {
            throw new PolicyFileException(name, 0, "the file is not encoded in UTF-8", "Save it as UTF-8.");
        }
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

    /** Whether a file is written in another format than Enact's own. */
    public boolean isForeign(PolicyFile file) {
        return this.others.stream().anyMatch(reader -> reader.knows(file));
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
