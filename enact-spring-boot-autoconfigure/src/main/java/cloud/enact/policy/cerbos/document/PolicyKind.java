package cloud.enact.policy.cerbos.document;

/** Kinds of documents. */
public enum PolicyKind {
    /** What may be done to one kind of resource. */
    RESOURCE("resource"),
    /** What one principal may do. */
    PRINCIPAL("principal"),
    /** All that one role may do. */
    ROLE("role"),
    /** Roles that depend on the request. */
    DERIVED_ROLES("derived_roles"),
    /** Variables for other policies. */
    EXPORT_VARIABLES("export_variables"),
    /** Constants for other policies. */
    EXPORT_CONSTANTS("export_constants");

    private final String prefix;

    PolicyKind(String prefix) {
        this.prefix = prefix;
    }

    /** How the key of a policy of this kind begins. */
    public String prefix() {
        return this.prefix;
    }
}
