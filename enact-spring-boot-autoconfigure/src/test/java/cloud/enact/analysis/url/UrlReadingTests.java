package cloud.enact.analysis.url;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlReadingTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://example.com/a?b#c | example.com",
                "HTTPS://EXAMPLE.COM | example.com",
                "https://example.com. | example.com",
                "  https://example.com  | example.com",
                "https:example.com | example.com",
                "https:/example.com | example.com",
                "https:////example.com | example.com",
                "https:\\\\example.com | example.com",
                "//example.com/x | example.com",
                "\\\\example.com/x | example.com",
                "example.com/x | example.com",
                "example.com:8443/x | example.com",
                "localhost:8080/x | localhost",
                "https://good.example@evil.example/ | evil.example",
                "https://good.example:443@evil.example | evil.example",
                "https://good.example%2F@evil.example | evil.example",
                "https://evil.example#@good.example | evil.example",
                "https://evil.example?@good.example | evil.example",
                "https://evil.example/@good.example | evil.example",
                "https://%65vil.example/ | evil.example",
                "https://ｅｖｉｌ。example/ | evil.example",
                "https://evil\u3002example | evil.example",
                "https://evil\uFF61example | evil.example",
                "https://evil\u2024example | evil.example",
                "https://evil\u00AD.example | evil.example",
                "https://b\u00FCcher.example | xn--bcher-kva.example",
                "https://xn--bcher-kva.example | xn--bcher-kva.example",
                "https://\u0430pple.com | xn--pple-43d.com",
                "http://127.1/ | 127.0.0.1",
                "http://2130706433/ | 127.0.0.1",
                "http://0x7f000001/ | 127.0.0.1",
                "http://0x7F.1 | 127.0.0.1",
                "http://127.0.0.1. | 127.0.0.1",
                "http://①②⑦.0.0.1/ | 127.0.0.1",
                "http://10.1.2.3:80 | 10.1.2.3",
                "3232235777 | 192.168.1.1",
                "http://[::1]:80/ | [0:0:0:0:0:0:0:1]",
                "http://[::ffff:10.0.0.1] | 10.0.0.1",
                "http://[::ffff:a00:1] | 10.0.0.1",
                "http://[fe80::1%25eth0] | [fe80:0:0:0:0:0:0:1]",
                "ssh://git@example.com/a.git | example.com",
                "git@example.com:a/b.git | example.com",
                "jar:https://evil.example/x!/y | evil.example",
                "url:https://evil.example | evil.example",
                "view-source:https://evil.example | evil.example",
                "my_host.example/x | my_host.example"
            })
    void hostIsFoundWhereverReadersFindIt(String address, String host) {
        UrlReading reading = UrlReading.of(address);

        assertThat(reading.problem()).isNull();
        assertThat(reading.host()).isNotNull().extracting(Host::name).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://",
                "https:///",
                "https://:80",
                "//",
                "https://good.example\\@evil.example",
                "https://evil.example\\.good.example/",
                "https://a@b@c.example",
                "https://ev\til.example",
                "ht\ntps://evil.example",
                "https:/\n/evil.example",
                "https://exa mple.com",
                "https://ex%20ample.com",
                "https://ex%2zample.com",
                "https://evil.example%00.good.example",
                "https://a..b",
                "https://.",
                "https://[::1",
                "https://[1::2::3]",
                "https://[1:2:3:4:5:6:7:8:9]",
                "https://[1:2:3]",
                "https://[g::1]",
                "https://1.2.3.256",
                "https://1.2.3.4.5",
                "https://4294967296",
                "https://0177.0.0.1",
                "https://example.com:port/",
                "https://example.com:99999999",
                "https://fa\u00DF.example",
                "https://$(whoami).evil.example",
                "https://{host}/x",
                "https://\uD800.example",
                "jar:jar:jar:jar:jar:https://evil.example"
            })
    void whatReadersDisagreeAboutIsAProblem(String address) {
        UrlReading reading = UrlReading.of(address);

        assertThat(reading.problem()).isNotNull();
        assertThat(reading.host()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "/",
                "/path/to/page",
                "../page?x=http://evil.example",
                "#part",
                "?query=1",
                "docs/page",
                "page",
                "mailto:somebody@example.com",
                "data:text/plain,hello",
                "urn:isbn:0451450523",
                "file:///etc/hosts",
                "about:blank"
            })
    void placesAndSchemesWithoutAHostHaveNone(String address) {
        UrlReading reading = UrlReading.of(address);

        assertThat(reading.problem()).isNull();
        assertThat(reading.host()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost, true",
        "http://app.localhost:3000, true",
        "http://127.0.0.1, true",
        "http://127.255.0.9, true",
        "http://[::1], true",
        "http://[::ffff:127.0.0.1], true",
        "http://localhost.example, false",
        "http://127.0.0.1.example, false",
        "http://localhost@evil.example, false",
        "http://128.0.0.1, false",
        "http://0.0.0.0, false"
    })
    void loopbackIsThisMachineOnly(String address, boolean loopback) {
        assertThat(UrlReading.of(address).host())
                .isNotNull()
                .extracting(Host::loopback)
                .isEqualTo(loopback);
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example/api/hooks?x=/y, /api/hooks",
        "https://a.example//api/./x/../%68ooks#z, /api/hooks",
        "https://a.example/api\\hooks, /api/hooks",
        "https://a.example/../../.., ''",
        "https://a.example/%zz, /%zz",
        "https://a.example, ''"
    })
    void pathIsResolved(String address, String path) {
        assertThat(UrlReading.of(address).path()).isEqualTo(path);
    }

    @Test
    void everyAddressOfATextIsRead() {
        assertThat(UrlReading.all("https://a.example\nhttps://b.example"))
                .extracting(reading -> String.valueOf(reading.host()))
                .hasSize(2)
                .allSatisfy(host -> assertThat(host).contains("example"));
        assertThat(UrlReading.all("https://a.example/x then https://b.example")).hasSize(3);
        assertThat(UrlReading.all("https://a.example/a b")).hasSize(2);
        assertThat(UrlReading.all("")).hasSize(1);
    }

    @Test
    void domainsAreComparedLabelByLabel() {
        Host host = Host.read("a.b.example").orElseThrow();

        assertThat(host.isIn("b.example")).isTrue();
        assertThat(host.isIn("a.b.example")).isTrue();
        assertThat(host.isBelow("a.b.example")).isFalse();
        assertThat(host.isBelow("xample")).isFalse();
        assertThat(Host.read("10.0.0.1").orElseThrow().isBelow("0.1")).isFalse();
    }

    @Test
    void anyTextHasAReading() {
        String[] pieces = {
            "http:", "//", "/", "\\", "@", ":", "[", "]", "%", "%41", "..", ".", "1", "0x", "\u3002", "\uD800", "\0",
            "\n", "xn--", "\u0301", "a", "jar:", "?", "#", "\u200D", " "
        };
        Random random = new Random(11);
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(14); i >= 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }

            assertThat(UrlReading.all(text.toString())).isNotNull();
        }
        assertThat(UrlReading.of("a.".repeat(500_000)).problem()).isNotNull();
    }
}
