package cloud.enact.policy.builtin.url;

import cloud.enact.analysis.url.Host;
import cloud.enact.analysis.url.UrlReading;

/**
 * An address a call speaks to.
 *
 * @param reading where it leads
 * @param hostOnly whether a program is given the host alone and chooses the scheme itself
 * @param variable whether a part of its host is known only at run time
 * @param computed whether its host is put together from what a command prints
 */
record Address(UrlReading reading, boolean hostOnly, boolean variable, boolean computed) {

    static Address of(UrlReading reading) {
        return new Address(reading, false, false, false);
    }

    static Address of(Host host) {
        return new Address(new UrlReading("", host, "", null), true, false, false);
    }

    /**
     * Reads a word in which some parts are known only at run time.
     *
     * @param hostOnly whether the word is a host
     */
    static Address of(VariableText word, boolean hostOnly) {
        int slash = word.text().indexOf('/', hostOnly ? 0 : word.text().indexOf("://") + 3);
        int end = (slash < 0) ? word.text().length() : slash;
        return new Address(
                UrlReading.of(word.text()),
                hostOnly,
                isBefore(end, word.firstVariable()),
                isBefore(end, word.firstSubstitution()));
    }

    private static boolean isBefore(int end, int index) {
        return index >= 0 && index < end;
    }
}
