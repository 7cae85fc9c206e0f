package cloud.enact.connector.http;

import java.util.Map;
import java.util.stream.Stream;

/**
 * How to find out whether a change whose answer was lost took effect.
 *
 * @param request reads by something that only this step left, such as its key
 * @param found what the answer must be like when it did
 * @param result what is taken from the answer; it did when all of that is there
 */
record Probe(RequestTemplate request, Condition found, Map<String, Pointer> result) {

    /** Where something is when the change took effect. */
    Stream<Pointer> places() {
        return Stream.concat(
                this.result.values().stream(),
                this.found.json().keySet().stream().filter(Pointer::isAboutElement));
    }

    /** Whether what it finds may be anybody's. */
    boolean isAnybodys() {
        return this.result.values().stream().anyMatch(Pointer::isAboutElement)
                && this.found.json().values().stream().noneMatch(BodyTemplate::hasPlaceholder);
    }
}
