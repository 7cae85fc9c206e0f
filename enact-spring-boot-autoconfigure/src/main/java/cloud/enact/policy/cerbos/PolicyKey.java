package cloud.enact.policy.cerbos;

import cloud.enact.policy.cerbos.document.PolicyKind;

/**
 * What tells a policy from the others.
 *
 * @param kind what it is
 * @param name kind of resource, principal or role
 * @param version its version
 * @param scope its scope, empty for the root
 */
record PolicyKey(PolicyKind kind, String name, String version, String scope) {

    PolicyKey {
        // the same names are the same kind of resource as in the original, which once allowed fewer characters
        name = (kind == PolicyKind.RESOURCE) ? plain(name) : name;
    }

    /** The key as text: {@code resource.leave_request.vdefault/acme.hr}. */
    String text() {
        String key = this.kind.prefix() + "." + plain(this.name) + ".v" + plain(this.version);
        return this.scope.isEmpty() ? key : key + "/" + this.scope;
    }

    /** The name with every run of characters that are neither word characters nor dots replaced by {@code _}. */
    static String plain(String name) {
        if (!isOfOldForm(name)) {
            return name;
        }
        StringBuilder plain = new StringBuilder(name.length());
        boolean replaced = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean kept = isWord(c) || c == '.';
            if (kept) {
                plain.append(c);
            } else if (!replaced) {
                plain.append('_');
            }
            replaced = !kept;
        }
        return plain.toString();
    }

    /** Whether parts between colons begin with a letter and hold nothing but word characters and {@code @ . - /}. */
    private static boolean isOfOldForm(String name) {
        boolean first = true;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            boolean fits = first ? letter : isWord(c) || c == ':' || "@.-/".indexOf(c) >= 0;
            if (!fits) {
                return false;
            }
            first = c == ':';
        }
        return !first;
    }

    private static boolean isWord(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    }
}
