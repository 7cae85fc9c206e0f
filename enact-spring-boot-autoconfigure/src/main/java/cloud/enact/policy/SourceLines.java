package cloud.enact.policy;

import java.util.Map;

/**
 * Where the keys of one policy stand in a file.
 *
 * @param file what messages call the file
 * @param line the line the policy begins in, from 1
 * @param keys the lines of its keys, such as {@code on} or {@code with.tables}
 */
public record SourceLines(String file, int line, Map<String, Integer> keys) {

    public SourceLines {
        keys = Map.copyOf(keys);
    }

    /** The line of a key, or the first line of the policy when the key is not there. */
    public int line(String key) {
        return this.keys.getOrDefault(key, this.line);
    }

    /** File and line of a key, for messages. */
    public String at(String key) {
        return this.file + ", line " + line(key);
    }
}
