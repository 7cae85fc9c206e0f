package cloud.enact.autoconfigure;

import cloud.enact.policy.PolicyConfigurationException;
import cloud.enact.policy.PolicyFile;
import cloud.enact.policy.PolicyFileException;
import cloud.enact.policy.file.PolicyFiles;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.ResourceUtils;

/** The places of {@code enact.policy-files}: patterns over files, or over what is on the class path. */
final class PolicyFileLocations {

    private static final int MOST_FILES = 1000;

    private static final String CLASS_PATH = "classpath";

    private final PathMatchingResourcePatternResolver resources;

    private final List<String> locations;

    PolicyFileLocations(ResourceLoader resources, List<String> locations) {
        this.resources = new PathMatchingResourcePatternResolver(resources);
        this.locations = locations.stream().map(PolicyFileLocations::withScheme).toList();
    }

    /** Whether some of the files can change while the application runs. */
    boolean canChange() {
        return this.locations.stream().anyMatch(location -> location.startsWith(ResourceUtils.FILE_URL_PREFIX));
    }

    /**
     * Reads all files.
     *
     * @throws PolicyConfigurationException when one can't be read, or a place holds none
     */
    List<PolicyFile> read() {
        Map<String, PolicyFile> files = new TreeMap<>();
        for (String location : this.locations) {
            int before = files.size();
            boolean found = false;
            for (Resource resource : find(location)) {
                String name = name(resource);
                // what a folder lists and is not there is a link to nothing: its policies must not be lost unnoticed
                if (PolicyFiles.isPolicyFile(name) && (isPattern(location) || resource.exists())) {
                    found = true;
                    files.computeIfAbsent(name, key -> open(key, resource));
                }
            }
            if (!found) {
                throw new PolicyConfigurationException(
                        location + ": there is no policy file, but enact.policy-files names it",
                        "Correct the location, or remove it. Policy files end with .yaml or .yml, and not with"
                                + " _test.yaml.");
            }
            if (files.size() - before > MOST_FILES) {
                throw new PolicyConfigurationException(
                        location + ": there are more than " + MOST_FILES
                                + " files, and enact.policy-files names them all",
                        "Name a folder that holds policies only.");
            }
        }
        return List.copyOf(files.values());
    }

    private List<Resource> find(String location) {
        try {
            return Arrays.asList(this.resources.getResources(location));
        } catch (IOException ex) {
            // no such folder
            return List.of();
        }
    }

    private boolean isPattern(String location) {
        return this.resources.getPathMatcher().isPattern(location);
    }

    private static PolicyFile open(String name, Resource resource) {
        try (InputStream content = resource.getInputStream()) {
            return PolicyFiles.open(name, content);
        } catch (IOException ex) {
            throw new PolicyFileException(name, 0, "the file can't be read", "Let the application read it.");
        }
    }

    private static String name(Resource resource) {
        try {
            if (resource.isFile()) {
                return resource.getFile().getPath();
            }
            String address = resource.getURL().toString();
            return CLASS_PATH + ":" + address.substring(address.lastIndexOf('!') + 1);
        } catch (IOException ex) {
            return String.valueOf(resource.getFilename());
        }
    }

    private static String withScheme(String location) {
        String text = location.strip();
        String place = text.endsWith("/") ? text + "*.y*ml" : text;
        if (place.startsWith(CLASS_PATH) || place.startsWith(ResourceUtils.FILE_URL_PREFIX)) {
            return place;
        }
        if (place.isEmpty() || place.indexOf(':') > 1) {
            throw new PolicyConfigurationException(
                    "enact.policy-files: '" + location + "' is neither a file nor on the class path",
                    "Write a location such as file:./policies/*.yaml or classpath:policies/*.yaml.");
        }
        return ResourceUtils.FILE_URL_PREFIX + place;
    }
}
