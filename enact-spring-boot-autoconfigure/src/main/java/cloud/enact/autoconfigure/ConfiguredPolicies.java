package cloud.enact.autoconfigure;

import cloud.enact.policy.PolicyFile;
import cloud.enact.policy.PolicyFinding;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.PolicySetFactory;
import cloud.enact.policy.PolicySpec;
import cloud.enact.policy.file.LoadedPolicies;
import cloud.enact.policy.file.PolicyEntry;
import cloud.enact.policy.file.PolicyFiles;
import cloud.enact.policy.file.PolicyPacks;
import java.util.ArrayList;
import java.util.List;

/** What {@code enact.policies} and {@code enact.policy-files} say, made into policy sets. */
final class ConfiguredPolicies {

    private final PolicySetFactory factory;

    private final List<PolicyEntry> entries;

    private final PolicyFileLocations locations;

    private final PolicyFiles files;

    private volatile List<PolicySpec> specs = List.of();

    private volatile List<PolicyFile> found = List.of();

    ConfiguredPolicies(
            PolicySetFactory factory,
            List<EnactProperties.PolicyEntry> configured,
            PolicyFileLocations locations,
            PolicyFiles files) {
        this.factory = factory;
        this.entries = entries(configured);
        this.locations = locations;
        this.files = files;
    }

    /** Where the files are. */
    PolicyFileLocations locations() {
        return this.locations;
    }

    /** Reads the files and makes a set. */
    PolicySet load() {
        return create(this.locations.read());
    }

    /** Makes a set with these files. */
    PolicySet create(List<PolicyFile> found) {
        List<PolicySpec> specs = new ArrayList<>(PolicyPacks.expand(this.entries));
        LoadedPolicies loaded = this.files.read(found);
        specs.addAll(loaded.specs());
        PolicySet policies = this.factory.create(specs, loaded.policies());
        this.specs = List.copyOf(specs);
        this.found = List.copyOf(found);
        return policies;
    }

    /** The names of the files of the newest set. */
    List<String> files() {
        return this.found.stream().map(PolicyFile::name).toList();
    }

    /** What readers of other formats find suspicious in the files of the newest set. */
    List<PolicyFinding> findings() {
        return this.files.lint(this.found);
    }

    /** The policies of the newest set. */
    List<PolicySpec> specs() {
        return this.specs;
    }

    private static List<PolicyEntry> entries(List<EnactProperties.PolicyEntry> configured) {
        List<PolicyEntry> entries = new ArrayList<>();
        for (EnactProperties.PolicyEntry entry : configured) {
            PolicySpec spec = new PolicySpec(
                            entry.policy(),
                            entry.name(),
                            entry.with(),
                            entry.on(),
                            entry.mode(),
                            entry.block(),
                            entry.ask(),
                            entry.reason(),
                            entry.onError(),
                            "enact.policies[" + entries.size() + "]",
                            null,
                            null)
                    .approvedBy(entry.approvers(), entry.groups());
            entries.add(new PolicyEntry(spec, entry.pack(), entry.without()));
        }
        return entries;
    }
}
