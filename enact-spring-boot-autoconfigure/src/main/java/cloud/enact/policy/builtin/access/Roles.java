package cloud.enact.policy.builtin.access;

/** Names of roles, as configurations write them. */
final class Roles {

    private static final String SPRING_PREFIX = "ROLE_";

    private Roles() {}

    /** Without the prefix that Spring Security puts before them; actors have them so. */
    static String plain(String role) {
        return role.startsWith(SPRING_PREFIX) ? role.substring(SPRING_PREFIX.length()) : role;
    }
}
