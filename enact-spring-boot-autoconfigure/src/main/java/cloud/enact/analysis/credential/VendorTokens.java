package cloud.enact.analysis.credential;

import cloud.enact.analysis.credential.CredentialDetector.Finding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tokens that vendors mark with a prefix, and JSON Web Tokens. */
final class VendorTokens {

    private static final int UNBOUNDED = 4096;

    private final Shape[] @Nullable [] byFirstCharacter = new Shape[128][];

    /** First two characters of prefixes: most words that begin like a prefix are told from it by the second. */
    private final boolean[] beginnings = new boolean[128 * 128];

    VendorTokens() {
        List<Shape> shapes = new ArrayList<>();
        for (String prefix : List.of("AKIA", "ASIA", "ABIA", "ACCA")) {
            shapes.add(new Shape(prefix, Alphabet.UPPER, 16, 16, "aws-access-key", false));
        }
        for (String prefix : List.of("ghp_", "gho_", "ghu_", "ghs_", "ghr_")) {
            shapes.add(new Shape(prefix, Alphabet.ALNUM, 30, 255, "github-token", false));
        }
        shapes.add(new Shape("github_pat_", Alphabet.WORD, 36, 255, "github-token", false));
        for (String kind : List.of("pat", "dt", "rt", "cbt", "ptt", "ft", "imt", "agent", "oas", "soat", "rtr")) {
            shapes.add(new Shape("gl" + kind + "-", Alphabet.URL, 20, 300, "gitlab-token", false));
        }
        for (String prefix : List.of("xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxe-", "xoxc-", "xoxd-", "xapp-")) {
            shapes.add(new Shape(prefix, Alphabet.URL, 18, 400, "slack-token", true));
        }
        for (String prefix : List.of("sk_live_", "sk_test_", "rk_live_", "rk_test_")) {
            shapes.add(new Shape(prefix, Alphabet.ALNUM, 16, 250, "stripe-key", false));
        }
        shapes.add(new Shape("whsec_", Alphabet.BASE64, 24, 120, "webhook-secret", true));
        shapes.add(new Shape("sk-ant-", Alphabet.URL, 24, 250, "anthropic-key", true));
        for (String prefix : List.of("sk-proj-", "sk-svcacct-", "sk-admin-", "sk-or-v1-")) {
            shapes.add(new Shape(prefix, Alphabet.URL, 20, 300, "openai-key", true));
        }
        // most vendors of language models use this one; the check keeps words such as sk-learn out
        shapes.add(new Shape("sk-", Alphabet.URL, 20, 200, "openai-key", true));
        shapes.add(new Shape("AIza", Alphabet.URL, 35, 35, "google-key", false));
        shapes.add(new Shape("ya29.", Alphabet.URL, 30, UNBOUNDED, "google-token", true));
        shapes.add(new Shape("GOCSPX-", Alphabet.URL, 28, 40, "google-secret", false));
        shapes.add(new Shape("npm_", Alphabet.ALNUM, 36, 36, "npm-token", false));
        shapes.add(new Shape("pypi-", Alphabet.URL, 60, UNBOUNDED, "pypi-token", true));
        shapes.add(new Shape("SK", Alphabet.HEX, 32, 32, "twilio-key", true));
        shapes.add(new Shape("SG.", Alphabet.URL_DOT, 60, 80, "sendgrid-key", true));
        shapes.add(new Shape("hf_", Alphabet.ALNUM, 30, 60, "huggingface-token", true));
        for (String prefix : List.of("dop_v1_", "doo_v1_", "dor_v1_")) {
            shapes.add(new Shape(prefix, Alphabet.HEX, 64, 64, "digitalocean-token", false));
        }
        shapes.add(new Shape("dckr_pat_", Alphabet.URL, 20, 100, "docker-token", false));
        shapes.add(new Shape("hvs.", Alphabet.URL, 24, 300, "vault-token", true));
        shapes.add(new Shape("hvb.", Alphabet.URL, 24, 400, "vault-token", true));
        shapes.add(new Shape("dapi", Alphabet.HEX, 32, 34, "databricks-token", true));
        for (String prefix : List.of("shpat_", "shpss_", "shpca_", "shppa_")) {
            shapes.add(new Shape(prefix, Alphabet.ALNUM, 32, 64, "shopify-token", false));
        }
        shapes.add(new Shape("lin_api_", Alphabet.ALNUM, 32, 64, "linear-key", false));
        shapes.add(new Shape("ntn_", Alphabet.ALNUM, 40, 64, "notion-token", true));
        shapes.add(new Shape("figd_", Alphabet.URL, 38, 64, "figma-token", true));
        shapes.add(new Shape("PMAK-", Alphabet.URL, 40, 80, "postman-key", true));
        shapes.add(new Shape("pscale_tkn_", Alphabet.URL, 30, 80, "planetscale-token", false));
        shapes.add(new Shape("pscale_pw_", Alphabet.URL, 30, 80, "planetscale-token", false));
        shapes.add(new Shape("NRAK-", Alphabet.ALNUM, 27, 27, "newrelic-key", false));
        shapes.add(new Shape("glsa_", Alphabet.WORD, 36, 60, "grafana-token", true));
        shapes.add(new Shape("ATATT3", Alphabet.URL, 60, 400, "atlassian-token", true));
        shapes.add(new Shape("gsk_", Alphabet.ALNUM, 48, 64, "groq-key", true));
        shapes.add(new Shape("xai-", Alphabet.ALNUM, 60, 100, "xai-key", true));
        shapes.add(new Shape("pplx-", Alphabet.ALNUM, 40, 64, "perplexity-key", true));
        shapes.add(new Shape("rubygems_", Alphabet.HEX, 48, 48, "rubygems-key", false));
        shapes.add(new Shape("sbp_", Alphabet.HEX, 40, 40, "supabase-token", false));
        shapes.add(new Shape("AGE-SECRET-KEY-1", Alphabet.ALNUM, 58, 58, "age-key", false));
        for (int first = 0; first < 128; first++) {
            char wanted = (char) first;
            Shape[] matching = shapes.stream()
                    .filter(shape -> shape.prefix().charAt(0) == wanted)
                    .toArray(Shape[]::new);
            this.byFirstCharacter[first] = (matching.length > 0) ? matching : null;
            for (Shape shape : matching) {
                this.beginnings[first * 128 + shape.prefix().charAt(1)] = true;
            }
        }
    }

    void markFirstCharacters(boolean[] triggers) {
        for (int first = 0; first < 128; first++) {
            triggers[first] |= this.byFirstCharacter[first] != null;
        }
        triggers['e'] = true;
    }

    /** Returns the token that starts exactly here, or {@code null}. */
    @Nullable
    Finding at(String text, int start) {
        char before = (start > 0) ? text.charAt(start - 1) : ' ';
        if (Alphabet.ALNUM.has(before)) {
            return null;
        }
        char first = text.charAt(start);
        if (first == 'e') {
            return jsonWebToken(text, start, before);
        }
        char second = (start + 1 < text.length()) ? text.charAt(start + 1) : ' ';
        if (first >= 128 || second >= 128 || !this.beginnings[first * 128 + second]) {
            return null;
        }
        Shape[] shapes = this.byFirstCharacter[first];
        if (shapes == null) {
            return null;
        }
        for (Shape shape : shapes) {
            if (text.startsWith(shape.prefix(), start)) {
                Finding finding = shape.at(text, start);
                if (finding != null) {
                    return finding;
                }
            }
        }
        return null;
    }

    /** RFC 7519: base64url of a JSON object, twice, then a signature (which an unsecured token leaves empty). */
    private static @Nullable Finding jsonWebToken(String text, int start, char before) {
        // a start inside a run of token characters would make the scan quadratic
        if (before == '-' || before == '_' || !text.startsWith("eyJ", start)) {
            return null;
        }
        int header = Alphabet.URL.end(text, start, text.length());
        if (header - start < 10 || !text.startsWith(".eyJ", header)) {
            return null;
        }
        int payload = Alphabet.URL.end(text, header + 1, text.length());
        if (payload - header < 10 || payload >= text.length() || text.charAt(payload) != '.') {
            return null;
        }
        return new Finding(start, Alphabet.URL.end(text, payload + 1, text.length()), "jwt");
    }

    /**
     * The shape of one vendor's tokens.
     *
     * @param random whether the body must also look random, for prefixes that ordinary words share
     */
    private record Shape(String prefix, Alphabet alphabet, int shortest, int longest, String kind, boolean random) {

        @Nullable
        Finding at(String text, int start) {
            int body = start + this.prefix.length();
            int limit = Math.min(text.length(), body + this.longest + 1);
            int end = this.alphabet.end(text, body, limit);
            int length = end - body;
            if (length < this.shortest || length > this.longest) {
                return null;
            }
            if (this.shortest == this.longest && end < text.length()) {
                if (Alphabet.ALNUM.has(text.charAt(end))) {
                    return null;
                }
            }
            if (this.random && !Randomness.of(text, body, end).looksRandom()) {
                return null;
            }
            return new Finding(start, end, this.kind);
        }
    }
}
