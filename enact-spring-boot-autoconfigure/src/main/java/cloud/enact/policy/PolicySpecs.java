package cloud.enact.policy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes {@link PolicySpec}s from the plain values of an annotation. */
public final class PolicySpecs {

    private PolicySpecs() {}

    /**
     * Turns the attributes of one {@code @Policy} into a specification.
     *
     * @param value name of the policy; blank for an expression
     * @param with parameters, each {@code name=value}
     * @param block expression that blocks; blank for none
     * @param ask expression that asks; blank for none
     * @param reason what to tell; blank for none
     * @param origin where the annotation stands, such as {@code @Policy on Crm.deleteCustomer}
     * @throws PolicyConfigurationException when a parameter is not {@code name=value} or given twice
     */
    public static PolicySpec ofAnnotation(
            String value, String[] with, String block, String ask, String reason, String origin) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String entry : with) {
            int equals = entry.indexOf('=');
            String name = (equals > 0) ? entry.substring(0, equals).strip() : "";
            if (name.isEmpty()) {
                throw new PolicyConfigurationException(
                        origin + ": the parameter '" + entry + "' is not name=value",
                        "Write parameters as with = \"name=value\"; a comma separates the elements of a list.");
            }
            if (parameters.put(name, entry.substring(equals + 1).strip()) != null) {
                throw new PolicyConfigurationException(
                        origin + ": the parameter '" + name + "' is given twice",
                        "Give it once; a comma separates the elements of a list.");
            }
        }
        return new PolicySpec(
                blankToNull(value),
                null,
                parameters,
                null,
                null,
                blankToNull(block),
                blankToNull(ask),
                blankToNull(reason),
                origin);
    }

    private static @Nullable String blankToNull(String text) {
        return text.isBlank() ? null : text.strip();
    }
}
