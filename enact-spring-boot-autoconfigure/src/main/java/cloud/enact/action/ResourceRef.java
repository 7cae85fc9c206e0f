package cloud.enact.action;

/**
 * What an action is done to.
 *
 * @param type kind of thing, such as {@code file}; never blank
 * @param id which one; never blank
 */
public record ResourceRef(String type, String id) {

    public ResourceRef {
        if (type.isBlank() || id.isBlank()) {
            throw new IllegalArgumentException("A resource needs a type and an id");
        }
    }
}
