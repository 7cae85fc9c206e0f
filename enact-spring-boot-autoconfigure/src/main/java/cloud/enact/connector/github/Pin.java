package cloud.enact.connector.github;

/** Names of references that keep commits reachable, and that nobody sees among branches and tags. */
final class Pin {

    private static final String PREFIX = "refs/enact/pin/";

    private Pin() {}

    static String ref(String id) {
        return PREFIX + id;
    }
}
