package cloud.enact.analysis.credential;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Tells names that promise a secret from names that only sound like it. */
final class SecretNames {

    /** What kind of secret a name promises. */
    enum Kind {
        NONE,
        /** Chosen by a person: short, seldom random. */
        PASSWORD,
        /** Made by a machine: long and random. */
        TOKEN
    }

    private static final int LONGEST = 128;

    private static final Set<String> PASSWORDS = Set.of("password", "passwd", "pwd", "passphrase", "passcode");

    private static final Set<String> TOKENS =
            Set.of(("secret secrets credential credentials token apikey authorization cookie cookies jwt "
                            + "bearer otp totp jsessionid phpsessid")
                    .split(" "));

    private static final Set<String> KEY_OWNERS =
            Set.of(("api access private secret signing encryption account auth master shared service ssh "
                            + "deploy subscription storage crypto hmac webhook client consumer admin root aes rsa "
                            + "pgp gpg function server session license")
                    .split(" "));

    private static final Set<String> PASS_OWNERS =
            Set.of(("db database smtp user mysql pg postgres admin root redis ftp mail email login ssh "
                            + "proxy basic auth api http my")
                    .split(" "));

    private static final Set<String> TOKEN_LIST_OWNERS =
            Set.of("access", "refresh", "api", "auth", "bearer", "session", "secret");

    /** Tokens of paging, of language models and of user interfaces. */
    private static final Set<String> HARMLESS_TOKENS =
            Set.of(("page next continuation cancellation sync previous prev start end cursor pagination "
                            + "stop pad eos bos unk max min special mask cls sep design lexer num")
                    .split(" "));

    private static final Set<String> QUESTIONS =
            Set.of("is has use show hide require requires required needs forgot allow enable no without".split(" "));

    private static final Set<String> QUALIFIERS =
            Set.of(("value text plain plaintext old new current confirmation confirm repeat hash base64 " + "b64 pem")
                    .split(" "));

    private static final String[] PASSWORD_ENDINGS = {"password", "passwd", "passphrase", "pwd"};

    private static final String[] TOKEN_ENDINGS = {
        "apikey",
        "accesskey",
        "secretkey",
        "privatekey",
        "accountkey",
        "sharedkey",
        "signingkey",
        "authtoken",
        "accesstoken",
        "refreshtoken",
        "sessiontoken",
        "apitoken",
        "clientsecret",
        "appsecret"
    };

    Kind classify(String name) {
        if (name.length() < 3 || name.equals("PWD") || name.equals("OLDPWD")) {
            return Kind.NONE;
        }
        List<String> words = words(name);
        while (words.size() > 1 && isQualifier(words.get(words.size() - 1))) {
            words.remove(words.size() - 1);
        }
        if (words.isEmpty() || words.size() > 1 && QUESTIONS.contains(words.get(0))) {
            return Kind.NONE;
        }
        String last = withoutNumber(words.get(words.size() - 1));
        return classify((words.size() > 1) ? words.get(words.size() - 2) : "", last);
    }

    private static Kind classify(String owner, String last) {
        if (PASSWORDS.contains(last) || last.equals("pass") && PASS_OWNERS.contains(owner)) {
            return Kind.PASSWORD;
        }
        boolean token = switch (last) {
            case "token" -> !HARMLESS_TOKENS.contains(owner);
            case "tokens" -> TOKEN_LIST_OWNERS.contains(owner);
            case "key", "keys" -> KEY_OWNERS.contains(owner);
            case "auth" -> owner.equals("basic") || owner.equals("proxy") || owner.equals("registry");
            default -> TOKENS.contains(last);
        };
        return token ? Kind.TOKEN : glued(last);
    }

    private static Kind glued(String word) {
        for (String ending : PASSWORD_ENDINGS) {
            if (word.endsWith(ending)) {
                return Kind.PASSWORD;
            }
        }
        for (String ending : TOKEN_ENDINGS) {
            if (word.endsWith(ending)) {
                return Kind.TOKEN;
            }
        }
        return Kind.NONE;
    }

    private static String withoutNumber(String word) {
        int end = word.length();
        while (end > 1 && Character.isDigit(word.charAt(end - 1))) {
            end--;
        }
        return word.substring(0, end);
    }

    private static boolean isQualifier(String word) {
        return QUALIFIERS.contains(word) || Character.isDigit(word.charAt(0));
    }

    /** Splits at anything but letters and digits, and where a small letter meets a capital; all in small letters. */
    private static List<String> words(String name) {
        List<String> words = new ArrayList<>(4);
        StringBuilder word = new StringBuilder(16);
        // the end of a name says what it is
        int start = Math.max(0, name.length() - LONGEST);
        for (int i = start; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean capital = c >= 'A' && c <= 'Z';
            if (!Alphabet.ALNUM.has(c) || capital && startsWord(name, i, start)) {
                add(words, word);
            }
            if (Alphabet.ALNUM.has(c)) {
                word.append(capital ? (char) (c + 32) : c);
            }
        }
        add(words, word);
        return words;
    }

    private static boolean startsWord(String name, int capital, int start) {
        if (capital == start) {
            return false;
        }
        char before = name.charAt(capital - 1);
        boolean beforeCapital = before >= 'A' && before <= 'Z';
        char after = (capital + 1 < name.length()) ? name.charAt(capital + 1) : 'A';
        // the last capital of APIKey begins a word of its own
        return !beforeCapital || after >= 'a' && after <= 'z';
    }

    private static void add(List<String> words, StringBuilder word) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }
}
