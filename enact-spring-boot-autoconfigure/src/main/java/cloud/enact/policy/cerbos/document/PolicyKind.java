package cloud.enact.policy.cerbos.document;

/** Kinds of documents. */
public enum PolicyKind {
    /** What may be done to one kind of resource. */
    RESOURCE("resource", "resourcePolicy"),
    /** What one principal may do. */
    PRINCIPAL("principal", "principalPolicy"),
    /** All that one role may do. */
    ROLE("role", "rolePolicy"),
    /** Roles that depend on the request. */
    DERIVED_ROLES("derived_roles", "derivedRoles"),
    /** Variables for other policies. */
    EXPORT_VARIABLES("export_variables", "exportVariables"),
    /** Constants for other policies. */
    EXPORT_CONSTANTS("export_constants", "exportConstants");

    private final String prefix;

    private final String field;

    PolicyKind(String prefix, String field) {
        this.prefix = prefix;
        this.field = field;
    }

    /** The field of a file that holds such a document. */
    String field() {
        return this.field;
    }

    /** How the key of a policy of this kind begins. */
    public String prefix() {
        return this.prefix;
    }
}
