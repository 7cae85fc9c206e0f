package cloud.enact.policy.cel;

import cloud.enact.policy.PolicyConfigurationException;

/** Says what to do when the libraries that CEL needs are not those it was made with. */
public final class CelLibrary {

    /** The version that Enact is built with. */
    private static final String PROTOBUF = "4.36.2";

    private CelLibrary() {}

    /**
     * Makes the exception for an application in which CEL can't be loaded. Versions of Spring Boot before 4.1.1 manage
     * a protobuf-java that is older than what CEL was generated with.
     *
     * @param origin where the first expression was written
     */
    public static PolicyConfigurationException unusable(String origin, LinkageError failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String detail = String.valueOf(cause.getMessage());
        return new PolicyConfigurationException(
                origin + ": this policy is an expression, but CEL can't be loaded, because protobuf-java on the class"
                        // a class that failed before does not say why any more
                        + " path is older than CEL needs, or missing"
                        + (detail.startsWith("Detected") ? ": " + detail : ""),
                "Set the property protobuf-java.version to " + PROTOBUF + ": in the pom of the application"
                        + " <protobuf-java.version>" + PROTOBUF + "</protobuf-java.version>, with Gradle"
                        + " ext['protobuf-java.version'] = '" + PROTOBUF + "'. Spring Boot manages an older one.");
    }
}
