package cloud.enact.connector.filesystem;

import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands, stood or will stand at a path, in full. */
sealed interface Node {

    /** Whether the other is the same but for times and owners. */
    boolean matches(Node other);

    /** A few words for a person; no content. */
    String words();

    /** As JSON-like values. */
    Map<String, @Nullable Object> values();

    /** Nothing. */
    record Absent() implements Node {

        @Override
        public boolean matches(Node other) {
            return other instanceof Absent;
        }

        @Override
        public String words() {
            return "nothing";
        }

        @Override
        public Map<String, @Nullable Object> values() {
            return Map.of("kind", "absent");
        }
    }

    /**
     * A regular file.
     *
     * @param sha256 digest of its content; what a capture writes is in the blob store under it
     * @param kept who has the content instead of the blob store; {@code null} for nobody
     */
    record File(
            String sha256, long size, Meta meta, @Nullable Kept kept) implements Node {

        File(String sha256, long size, Meta meta) {
            this(sha256, size, meta, null);
        }

        @Override
        public boolean matches(Node other) {
            return other instanceof File file
                    && this.sha256.equals(file.sha256)
                    && this.size == file.size
                    && this.meta.fits(file.meta);
        }

        @Override
        public String words() {
            return "a file of " + this.size + " bytes, mode " + this.meta.mode();
        }

        @Override
        public Map<String, @Nullable Object> values() {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            values.put("kind", "file");
            values.put("sha256", this.sha256);
            values.put("size", this.size);
            this.meta.addTo(values);
            if (this.kept != null) {
                values.put("kept", this.kept.values());
            }
            return values;
        }
    }

    /** A symbolic link. */
    record Link(String target, Meta meta) implements Node {

        @Override
        public boolean matches(Node other) {
            return other instanceof Link link && this.target.equals(link.target);
        }

        @Override
        public String words() {
            return "a symbolic link";
        }

        @Override
        public Map<String, @Nullable Object> values() {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            values.put("kind", "link");
            values.put("target", this.target);
            this.meta.addTo(values);
            return values;
        }
    }

    /** A directory without what is in it. */
    record Directory(Meta meta) implements Node {

        @Override
        public boolean matches(Node other) {
            return other instanceof Directory directory && this.meta.fits(directory.meta);
        }

        @Override
        public String words() {
            return "a directory";
        }

        @Override
        public Map<String, @Nullable Object> values() {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            values.put("kind", "dir");
            this.meta.addTo(values);
            return values;
        }
    }

    /**
     * A directory with all that is in it.
     *
     * @param manifest digest of the {@link Manifest} in the blob store
     * @param entries how many things are in it, itself included
     */
    record Tree(String manifest, long entries) implements Node {

        @Override
        public boolean matches(Node other) {
            return other instanceof Tree tree && this.manifest.equals(tree.manifest);
        }

        @Override
        public String words() {
            return "a directory with " + (this.entries - 1) + " entries";
        }

        @Override
        public Map<String, @Nullable Object> values() {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            values.put("kind", "tree");
            values.put("manifest", this.manifest);
            values.put("entries", this.entries);
            return values;
        }
    }

    /** Something that is neither: a device, a pipe, or a path that leads nowhere. */
    record Other(String words) implements Node {

        @Override
        public boolean matches(Node other) {
            return false;
        }

        @Override
        public Map<String, @Nullable Object> values() {
            throw new IllegalStateException("What can't be captured is not written down");
        }
    }

    /** Whatever somebody else is about to leave there, or left there without anybody looking. */
    record Unknown() implements Node {

        @Override
        public boolean matches(Node other) {
            return false;
        }

        @Override
        public String words() {
            return "what nobody has looked at";
        }

        @Override
        public Map<String, @Nullable Object> values() {
            return Map.of("kind", "unknown");
        }
    }

    /**
     * What is around content.
     *
     * @param mode as {@code ls} writes it, nine characters
     * @param modified {@code seconds.nanoseconds} since 1970; empty for whenever it will be
     * @param owner empty for whoever it will be
     * @param group empty for whichever it will be
     * @param links how many names it has; {@link #UNKNOWN} where the platform does not show that
     * @param attributes extended attributes in Base64, by name
     */
    record Meta(String mode, String modified, String owner, String group, int links, Map<String, String> attributes) {

        /** Neither special bits nor further names nor extended attributes were seen. */
        static final int UNKNOWN = 0;

        public Meta {
            Modes.bits(mode);
            if (!modified.isEmpty()) {
                FileTimes.of(modified);
            }
            attributes = Map.copyOf(attributes);
        }

        Meta(String mode, String modified, String owner, String group) {
            this(mode, modified, owner, group, 1, Map.of());
        }

        /** Whether the mode is the same. Bits that go with an owner are compared only while he is the same. */
        boolean fits(Meta other) {
            boolean sameOwner = this.owner.equals(other.owner) && this.group.equals(other.group);
            return sameOwner
                    ? this.mode.equals(other.mode)
                    : Modes.withoutSetId(this.mode).equals(Modes.withoutSetId(other.mode));
        }

        static Meta of(Stat stat) {
            return new Meta(stat.mode(), FileTimes.text(stat.modified()), stat.owner(), stat.group());
        }

        void addTo(Map<String, @Nullable Object> values) {
            values.put("mode", this.mode);
            values.put("modified", this.modified);
            values.put("owner", this.owner);
            values.put("group", this.group);
            if (this.links != 1) {
                values.put("links", this.links);
            }
            if (!this.attributes.isEmpty()) {
                values.put("attributes", this.attributes);
            }
        }

        static Meta from(Map<?, ?> values) {
            Map<String, String> attributes = new LinkedHashMap<>();
            if (values.get("attributes") instanceof Map<?, ?> recorded) {
                recorded.keySet().forEach(name -> attributes.put(String.valueOf(name), text(recorded, name)));
            }
            return new Meta(
                    text(values, "mode"),
                    text(values, "modified"),
                    text(values, "owner"),
                    text(values, "group"),
                    (values.get("links") instanceof Number links) ? links.intValue() : 1,
                    attributes);
        }

        FileTime time() {
            return FileTimes.of(this.modified);
        }
    }

    /**
     * Reads what {@link #values} wrote.
     *
     * @throws IllegalArgumentException when it is anything else
     */
    static Node from(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> values)) {
            throw new IllegalArgumentException("Not the state of a path");
        }
        return switch (text(values, "kind")) {
            case "absent" -> new Absent();
            case "file" ->
                new File(
                        text(values, "sha256"),
                        number(values, "size"),
                        Meta.from(values),
                        (values.get("kept") != null) ? Kept.from(values.get("kept")) : null);
            case "link" -> new Link(text(values, "target"), Meta.from(values));
            case "dir" -> new Directory(Meta.from(values));
            case "unknown" -> new Unknown();
            case "tree" -> new Tree(text(values, "manifest"), number(values, "entries"));
            default -> throw new IllegalArgumentException("Not the state of a path");
        };
    }

    static String text(Map<?, ?> values, @Nullable Object name) {
        if (values.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("A record of the filesystem connector lacks its " + name);
    }

    static long number(Map<?, ?> values, String name) {
        if (values.get(name) instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalArgumentException("A record of the filesystem connector lacks its " + name);
    }
}
