package cloud.enact.hook.claudecode.setup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Settings of one file.
 *
 * @param file where they stand
 * @param scope for whom they are
 * @param settings what they say
 */
record Layer(Path file, Scope scope, ObjectNode settings) {

    /** All settings that can be read, those that overrule others first; what can't is found. */
    static List<Layer> of(SettingsPlaces places, List<Finding> findings) {
        List<Layer> layers = new ArrayList<>();
        for (Map.Entry<Path, Scope> each : places.present().entrySet()) {
            try {
                layers.add(new Layer(each.getKey(), each.getValue(), SettingsFile.toLook(each.getKey())));
            } catch (SetupException ex) {
                findings.add(Finding.hole(String.valueOf(ex.getMessage())));
            }
        }
        return layers;
    }

    boolean managed() {
        return this.scope == Scope.MANAGED;
    }
}
