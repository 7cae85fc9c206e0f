package cloud.enact.autoconfigure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** Files that Spring Boot reads an application's configuration from, there already or not. */
final class ConfigurationFiles {

    private static final List<String> ENDINGS = List.of(".yml", ".yaml", ".properties", ".xml");

    private static final List<String> LOCATIONS =
            List.of("spring.config.location", "spring.config.additional-location", "spring.config.import");

    private static final String OPTIONAL = "optional:";

    private final Environment environment;

    ConfigurationFiles(Environment environment) {
        this.environment = environment;
    }

    Set<Path> find() {
        List<Path> folders = new ArrayList<>(List.of(Path.of(""), Path.of("config")));
        Set<Path> files = new LinkedHashSet<>();
        for (String property : LOCATIONS) {
            for (String location : this.environment.getProperty(property, "").split("[,;]")) {
                String plain = location.strip();
                plain = plain.startsWith(OPTIONAL) ? plain.substring(OPTIONAL.length()) : plain;
                Path place = GuardSurroundings.file(plain);
                if (place != null && plain.endsWith("/")) {
                    folders.add(place);
                } else if (place != null) {
                    files.add(place);
                }
            }
        }
        for (String name : names()) {
            for (String ending : ENDINGS) {
                folders.forEach(folder -> files.add(folder.resolve(name + ending)));
            }
        }
        return files;
    }

    /** With and without the names of profiles. */
    private List<String> names() {
        String[] active = this.environment.getActiveProfiles();
        String[] profiles = (active.length > 0) ? active : this.environment.getDefaultProfiles();
        List<String> names = new ArrayList<>();
        for (String name : this.environment
                .getProperty("spring.config.name", "application")
                .split(",")) {
            if (StringUtils.hasText(name)) {
                names.add(name.strip());
                for (String profile : profiles) {
                    names.add(name.strip() + "-" + profile);
                }
            }
        }
        return names;
    }
}
