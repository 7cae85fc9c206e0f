package cloud.enact.policy.builtin.search;

import cloud.enact.policy.NormalizedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringTokenizer;

/** Tells patterns that look for credentials from those that look for code that has to do with them. */
final class SecretPatterns {

    /** What credentials of well-known vendors begin with; they are in no other text. */
    private static final List<String> PREFIXES = List.of(
            "AKIA",
            "ASIA",
            "ghp_",
            "gho_",
            "ghs_",
            "ghu_",
            "ghr_",
            "github_pat_",
            "glpat-",
            "sk_live",
            "sk_test",
            "rk_live",
            "sk-ant",
            "sk-proj",
            "xoxb",
            "xoxp",
            "xoxa",
            "xoxs",
            "xox",
            "AIza",
            "ya29",
            "npm_",
            "pypi-",
            "hf_",
            "dop_v1",
            "BEGIN RSA",
            "BEGIN OPENSSH",
            "BEGIN PRIVATE",
            "BEGIN EC",
            "eyJ",
            "sk-");

    /** Say on their own that a secret is looked for. */
    private static final Set<String> STRONG = Set.of(
            ("password passwords passwd passwort pwd passphrase passphrases secret secrets credential credentials "
                            + "creds apikey apikeys apitoken authtoken accesstoken accesskey secretkey privatekey "
                            + "clientsecret awssecret bearer connectionstring htpasswd passw")
                    .split(" "));

    /** Say so together. */
    private static final List<List<String>> PAIRS = List.of(
            List.of("api", "key"),
            List.of("api", "keys"),
            List.of("api", "token"),
            List.of("access", "key"),
            List.of("access", "token"),
            List.of("auth", "token"),
            List.of("private", "key"),
            List.of("encryption", "key"),
            List.of("signing", "key"),
            List.of("bot", "token"),
            List.of("database", "url"),
            List.of("refresh", "token"),
            List.of("session", "token"),
            List.of("github", "token"),
            List.of("slack", "token"),
            List.of("npm", "token"),
            List.of("ssh", "rsa"),
            List.of("id", "rsa"));

    /** Words that stand beside a secret without making it something else. */
    private static final Set<String> COMPANIONS = Set.of(
            ("aws azure gcp google github gitlab slack stripe openai anthropic twilio sendgrid database db mysql "
                            + "postgres postgresql redis mongo mongodb root admin user my our prod production live test "
                            + "staging client app service account default master jwt oauth auth api access key keys id "
                            + "token tokens private public rsa dsa ssh begin end env var value export const string url "
                            + "connection session refresh encryption signing bot npm http https hash salt a the all any "
                            + "i w s d b x n p g print srv authorization")
                    .split(" "));

    private static final Set<String> VARIABLE_ENDINGS = Set.of("key", "keys", "token", "tokens", "auth", "cred");

    private static final List<String> DATABASES =
            List.of("postgres", "mysql", "mongodb", "mariadb", "redis", "amqp", "mssql", "jdbc");

    private static final int LONG_REST = 16;

    private static final int LONGEST = 4096;

    private SecretPatterns() {}

    /** Whether somebody with this pattern looks for credentials. */
    static boolean match(String pattern) {
        String text = NormalizedText.of((pattern.length() > LONGEST) ? pattern.substring(0, LONGEST) : pattern);
        String plain = plain(text);
        for (String alternative : words(plain, '|')) {
            if (isVendor(alternative) || isName(alternative) || isConnection(alternative)) {
                return true;
            }
        }
        return false;
    }

    /** Whether somebody with this pattern looks for credentials in the variables of an environment. */
    static boolean matchVariables(String pattern) {
        return match(pattern)
                || words(plain(pattern.substring(0, Math.min(pattern.length(), LONGEST))), '|').stream()
                        .map(SecretPatterns::words)
                        .anyMatch(words -> words.size() == 1 && VARIABLE_ENDINGS.contains(words.get(0)));
    }

    private static boolean isConnection(String text) {
        int scheme = text.indexOf("://");
        return scheme > 0
                && DATABASES.stream().anyMatch(text.substring(0, scheme).toLowerCase(Locale.ROOT)::contains);
    }

    private static boolean isVendor(String text) {
        String stripped = String.join(" ", words(text, ' '));
        boolean key = stripped.contains("PRIVATE KEY") || stripped.startsWith("-----BEGIN");
        if (key && !stripped.contains("CERTIFICATE") && !stripped.contains("PUBLIC")) {
            return true;
        }
        for (String prefix : PREFIXES) {
            if (stripped.startsWith(prefix)) {
                String rest = stripped.substring(prefix.length());
                // then what stands for random characters, or some
                return rest.chars().filter(Character::isLetter).count() <= 2 || rest.length() >= LONG_REST;
            }
        }
        return false;
    }

    private static List<String> words(String text, char separator) {
        List<String> words = new ArrayList<>(4);
        StringTokenizer tokens = new StringTokenizer(text, String.valueOf(separator));
        while (tokens.hasMoreTokens()) {
            words.add(tokens.nextToken());
        }
        return words;
    }

    private static boolean isName(String text) {
        int assigned = Math.max(text.indexOf('='), text.indexOf(':'));
        return isName(words((assigned > 0) ? text.substring(0, assigned) : text), assigned > 0)
                || assigned > 0 && isName(words(text), false);
    }

    private static boolean isName(List<String> words, boolean assigned) {
        if (words.isEmpty()) {
            return false;
        }
        boolean strong = words.stream().anyMatch(STRONG::contains)
                || assigned && words.get(words.size() - 1).equals("token");
        for (List<String> pair : PAIRS) {
            for (int i = 0; i + 1 < words.size(); i++) {
                strong |= words.get(i).equals(pair.get(0)) && words.get(i + 1).equals(pair.get(1));
            }
        }
        return strong && words.stream().allMatch(word -> STRONG.contains(word) || COMPANIONS.contains(word));
    }

    /** The words of a name in any case; a pattern in capitals is one word between separators. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>(4);
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean begins = Character.isUpperCase(c) && i > 0 && Character.isLowerCase(text.charAt(i - 1));
            if (begins || !Character.isLetter(c)) {
                end(words, word);
            }
            if (Character.isLetter(c)) {
                word.append(Character.toLowerCase(c));
            }
        }
        end(words, word);
        return words;
    }

    private static void end(List<String> words, StringBuilder word) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }

    /**
     * The pattern as plain text, with {@code |} between alternatives: groups opened, {@code [Pp]} one letter, classes
     * and wildcards blanks, anchors and quantifiers left out.
     */
    private static String plain(String pattern) {
        StringBuilder plain = new StringBuilder(pattern.length());
        int at = 0;
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            if (c == '[') {
                int end = pattern.indexOf(']', Math.min(at + 2, pattern.length()));
                if (end < 0) {
                    at++;
                    continue;
                }
                plain.append(letterOf(pattern.substring(at + 1, end)));
                at = end + 1;
            } else if (c == '{') {
                int end = pattern.indexOf('}', at);
                at = (end < 0) ? at + 1 : end + 1;
            } else if (c == '\\' && at + 1 < pattern.length()) {
                char next = pattern.charAt(at + 1);
                // \| and \( are marks in basic patterns
                plain.append(
                        next == '|'
                                ? "|"
                                : (next == '(' || next == ')') ? "" : isClass(next) ? " " : String.valueOf(next));
                at += 2;
            } else if (c == '(' && pattern.startsWith("(?", at)) {
                int end = at + 2;
                while (end < pattern.length() && "imsxu-:=!<".indexOf(pattern.charAt(end)) >= 0) {
                    end++;
                }
                at = end;
            } else {
                plain.append((c == '.') ? " " : ("()^$*+?\"'".indexOf(c) >= 0) ? "" : String.valueOf(c));
                at++;
            }
        }
        return plain.toString();
    }

    private static boolean isClass(char c) {
        return Character.isLetter(c);
    }

    private static String letterOf(String members) {
        String folded = members.toLowerCase(Locale.ROOT);
        boolean one = folded.length() == 1 || folded.length() == 2 && folded.charAt(0) == folded.charAt(1);
        return one && Character.isLetter(folded.charAt(0)) ? folded.substring(0, 1) : " ";
    }
}
