package cloud.enact.autoconfigure;

import cloud.enact.gate.EnactStartupException;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/** Libraries that an application may not have: a missing one ends the start with advice. */
record Libraries(@Nullable ClassLoader loader) {

    /**
     * Requires a type of one.
     *
     * @throws EnactStartupException with problem and remedy when it is missing
     */
    void require(String type, String problem, String remedy) {
        if (!ClassUtils.isPresent(type, this.loader)) {
            throw new EnactStartupException(problem, remedy);
        }
    }

    /**
     * Requires what makes pages.
     *
     * @param problem what the pages are for, and that nothing makes them
     * @param property what switches them off
     */
    void requirePages(String problem, String property) {
        require(
                "com.samskivert.mustache.Mustache",
                problem,
                "Add the dependency com.samskivert:jmustache to the application, or set " + property + "=false.");
    }
}
