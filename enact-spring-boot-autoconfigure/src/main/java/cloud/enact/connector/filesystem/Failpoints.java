package cloud.enact.connector.filesystem;

/** Places at which a test can stop a change. */
@FunctionalInterface
interface Failpoints {

    Failpoints NONE = point -> {};

    /** Called when a change has got this far. */
    void reached(String point);
}
