package cloud.enact.policy.builtin.credential;

import cloud.enact.policy.ActionWords;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a label says about the kind of thing and the environment it is for. Words that say neither count for nothing.
 *
 * @param kinds kinds of things
 * @param environments environments
 * @param readOnly whether it is for looking only
 */
record Purpose(Set<Kind> kinds, Set<Environment> environments, boolean readOnly) {

    private static final int MOST_WORDS = 1000;

    private static final Map<String, Kind> KINDS = byWord(Kind.values(), kind -> kind.words);

    private static final Map<String, Environment> ENVIRONMENTS = byWord(Environment.values(), env -> env.words);

    private static final Set<String> VIEWERS = Set.of("readonly", "viewer", "viewonly", "reader");

    /** Reads the words of a label, or of a name. */
    static Purpose of(Collection<String> texts) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        Set<Environment> environments = EnumSet.noneOf(Environment.class);
        boolean readOnly = false;
        for (List<String> words : texts.stream().map(Purpose::words).toList()) {
            String before = "";
            for (String word : words) {
                add(kinds, KINDS.get(word));
                add(environments, ENVIRONMENTS.get(word));
                readOnly |= VIEWERS.contains(word)
                        || word.equals("only") && (before.equals("read") || before.equals("view"));
                before = word;
            }
        }
        return new Purpose(kinds, environments, readOnly);
    }

    /** What the label allows and what is asked for, where both say something and have nothing in common. */
    @Nullable
    String mismatch(Purpose resource) {
        if (haveNothingInCommon(this.environments, resource.environments)) {
            return named(this.environments) + ", and the resource is " + named(resource.environments);
        }
        return haveNothingInCommon(this.kinds, resource.kinds)
                ? named(this.kinds) + ", and the resource is " + named(resource.kinds)
                : null;
    }

    private static boolean haveNothingInCommon(Set<?> own, Set<?> others) {
        return !own.isEmpty() && !others.isEmpty() && Collections.disjoint(own, others);
    }

    private static String named(Set<? extends Enum<?>> values) {
        return values.stream()
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" or "));
    }

    private static <T> void add(Set<T> values, @Nullable T value) {
        if (value != null) {
            values.add(value);
        }
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        for (String part : text.split("[\\s.:/@]+", MOST_WORDS)) {
            words.addAll(ActionWords.of(part).operation());
        }
        return words;
    }

    private static <T> Map<String, T> byWord(T[] values, Function<T, String> words) {
        Map<String, T> byWord = new HashMap<>();
        for (T value : values) {
            for (String word : words.apply(value).split(" ")) {
                byWord.put(word, value);
            }
        }
        return Map.copyOf(byWord);
    }

    /** A kind of thing that credentials are made for. */
    enum Kind {
        DNS("dns domain domains registrar nameserver nameservers zone route53 hostname subdomain"),
        STORAGE("storage volume volumes disk disks bucket buckets s3 gcs blob blobs backup backups snapshot snapshots"),
        COMPUTE("compute vm vms container containers instance instances server servers ec2 droplet lambda pod pods"),
        BILLING("billing invoice invoices subscription subscriptions payment payments refund refunds stripe payout"),
        IDENTITY("identity user users auth iam team teams sso login account accounts member members"),
        DATABASE("database databases db postgres postgresql mysql rds table tables schema sql mongodb redis"),
        MESSAGING("email emails mail smtp sms newsletter newsletters"),
        SOURCE("repo repos repository repositories git github gitlab");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /** Where something runs. */
    enum Environment {
        PRODUCTION("prod production prd live"),
        STAGING("staging stage stg preprod preproduction"),
        DEVELOPMENT("dev development sandbox local"),
        TEST("test testing tests qa uat");

        private final String words;

        Environment(String words) {
            this.words = words;
        }
    }
}
