package cloud.enact.policy.builtin.url;

import cloud.enact.analysis.url.Host;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Places where anybody can drop or catch data without an account that says who. */
final class DropSites {

    /** Catchers of requests, also by the name lookup alone; public notes; file drops; tunnels to somebody's machine. */
    private static final Set<String> DOMAINS = Set.of(
            ("webhook.site webhook.cool webhook-test.com typedwebhook.tools requestbin.com requestbin.net requestbin.io "
                            + "requestb.in requestcatcher.com requestinspector.com requestrepo.com request.bin "
                            + "pipedream.net hookbin.com putsreq.com postb.in beeceptor.com mockbin.org mockbin.io "
                            + "ptsv2.com ptsv3.com httpdump.app httpdump.io webhookinbox.com hookb.in rbaskets.in "
                            + "burpcollaborator.net oastify.com interact.sh interactsh.com oast.pro oast.live "
                            + "oast.site oast.online oast.fun oast.me dnslog.cn dnslog.link ceye.io dnsbin.zhack.ca "
                            + "dnsbin.org pingb.in canarytokens.com canarytokens.org xss.ht xsshunter.com xss.report "
                            + "bxss.me ssrf.cn eyes.sh tu4.org dnshook.site "
                            + "pastebin.com pastebin.pl paste.ee paste.rs paste.gg paste.mozilla.org paste.debian.net "
                            + "paste.ubuntu.com paste.centos.org pastie.org pastes.io paste.sh paste.c-net.org "
                            + "hastebin.com hastebin.skyra.pw ghostbin.com ghostbin.co "
                            + "dpaste.com dpaste.org rentry.co rentry.org controlc.com privatebin.net privatebin.info "
                            + "justpaste.it justpaste.me ix.io sprunge.us termbin.com clbin.com "
                            + "pst.moe bpa.st p.ip.fi nopaste.net cl1p.net telegra.ph gist.githubusercontent.com "
                            + "transfer.sh file.io 0x0.st x0.at temp.sh bashupload.com filebin.net tmpfiles.org "
                            + "uguu.se catbox.moe litterbox.catbox.moe anonfiles.com anonfile.com bayfiles.com gofile.io "
                            + "pixeldrain.com oshi.at envs.sh ttm.sh send.vis.ee wormhole.app tempfile.org "
                            + "ufile.io sendspace.com zippyshare.com workupload.com files.catbox.moe keep.sh "
                            + "transfer.archivete.am "
                            + "ngrok.io ngrok.app ngrok.dev ngrok-free.app ngrok-free.dev ngrok.pro "
                            + "ngrok.pizza loca.lt localtunnel.me serveo.net serveousercontent.com localhost.run "
                            + "lhr.life lhrtunnel.link lhr.pro trycloudflare.com pagekite.me pinggy.io pinggy.link "
                            + "bore.pub bore.digital telebit.cloud telebit.io playit.gg tunnelmole.net "
                            + "tunnelto.dev zrok.io localxpose.io loclx.io sharedwithexpose.com "
                            + "packetriot.net devtunnels.ms localcan.dev tunnel.pyjam.as")
                    .split(" "));

    /** Paths of sites that are harmless otherwise, at which anybody who knows the address takes messages. */
    private static final List<String[]> PATHS = List.of(
            new String[] {"discord.com", "/api/webhooks/"},
            new String[] {"discord.com", "/api/v*/webhooks/"},
            new String[] {"discordapp.com", "/api/webhooks/"},
            new String[] {"discordapp.com", "/api/v*/webhooks/"},
            new String[] {"api.telegram.org", "/bot*"},
            new String[] {"toptal.com", "/developers/hastebin/"},
            new String[] {"defuse.ca", "/pastebin/"});

    /** Below these, generated names of machines are usual. */
    private static final List<String> HOSTING = List.of(
            ("amazonaws.com cloudfront.net awsapprunner.com on.aws googleusercontent.com googleapis.com gvt1.com "
                            + "run.app web.app firebaseapp.com azure.com azurewebsites.net azurefd.net azureedge.net "
                            + "windows.net azurecontainerapps.io vercel.app netlify.app pages.dev workers.dev "
                            + "r2.cloudflarestorage.com herokuapp.com herokudns.com fly.dev onrender.com "
                            + "ondigitalocean.app digitaloceanspaces.com dweb.link ipfs.io w3s.link akamaihd.net "
                            + "akamaized.net fastly.net supabase.co databricks.com snowflakecomputing.com "
                            + "elastic-cloud.com codeberg.page github.dev gitpod.io amplifyapp.com")
                    .split(" "));

    private static final int DATA_LABEL = 30;

    private static final int DATA_TOGETHER = 60;

    private DropSites() {}

    /** Whether a host, with a path, is such a place. */
    static boolean holds(Host host, String path) {
        if (host.kind() != Host.Kind.NAME) {
            return false;
        }
        for (String domain = host.name(); domain.indexOf('.') > 0; domain = domain.substring(domain.indexOf('.') + 1)) {
            if (DOMAINS.contains(domain)) {
                return true;
            }
        }
        String lower = path.toLowerCase(Locale.ROOT) + "/";
        return PATHS.stream().anyMatch(place -> host.isIn(place[0]) && begins(lower, place[1]));
    }

    /** Whether labels of the host look like data rather than like names. */
    static boolean carriesData(Host host) {
        if (host.kind() != Host.Kind.NAME || HOSTING.stream().anyMatch(host::isIn)) {
            return false;
        }
        String[] labels = host.name().split("\\.");
        int together = 0;
        for (int i = 0; i < labels.length - 2; i++) {
            String label = labels[i];
            if (label.startsWith("xn--") || !isEncoded(label)) {
                continue;
            }
            if (longestRun(label) >= DATA_LABEL) {
                return true;
            }
            together += label.length();
        }
        return together >= DATA_TOGETHER;
    }

    /** A star stands for any characters of one segment. */
    private static boolean begins(String path, String pattern) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return path.startsWith(pattern);
        }
        if (!path.startsWith(pattern.substring(0, star))) {
            return false;
        }
        int slash = path.indexOf('/', star);
        return slash >= 0 && path.startsWith(pattern.substring(star + 1), slash);
    }

    /** A UUID has dashes, and is an ordinary name of a machine. */
    private static int longestRun(String label) {
        int longest = 0;
        for (String run : label.split("-")) {
            longest = Math.max(longest, run.length());
        }
        return longest;
    }

    /** Hexadecimal, base32 or base64url: one stretch of letters mixed with digits, hardly a vowel in its place. */
    private static boolean isEncoded(String label) {
        int digits = 0;
        int changes = 0;
        for (int i = 0; i < label.length(); i++) {
            char c = label.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            digits += digit ? 1 : 0;
            boolean before = i > 0 && label.charAt(i - 1) >= '0' && label.charAt(i - 1) <= '9';
            changes += (i > 0 && digit != before) ? 1 : 0;
        }
        return label.length() >= 12 && digits >= 2 && changes * 6 >= label.length();
    }
}
