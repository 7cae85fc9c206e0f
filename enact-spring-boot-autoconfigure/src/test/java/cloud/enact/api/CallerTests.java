package cloud.enact.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class CallerTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:8080",
                "127.0.0.1",
                "127.0.0.1:8080",
                "127.1.2.3:1",
                "[::1]",
                "[::1]:8080"
            })
    void thisMachineMayAskUnderItsOwnNames(String host) {
        assertThatCode(() -> new Caller(false).requireAllowed(request("127.0.0.1", "127.0.0.1", host)))
                .doesNotThrowAnyException();
        assertThatCode(() -> new Caller(false).requireAllowed(request("::1", "::1", host)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "evil.example",
                "evil.example:8080",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "localhost@evil.example",
                "evil.example#localhost",
                "10.0.0.1",
                "0.0.0.0",
                "[::ffff:10.0.0.1]",
                "[::1]evil.example",
                "127.0.0.1:8080:evil",
                "127.0.0.256",
                "localhost."
            })
    void aNameThatOnlyLeadsHereIsRefused(String host) {
        assertRefused(new Caller(false), request("127.0.0.1", "127.0.0.1", host));
    }

    @ParameterizedTest
    @CsvSource({"203.0.113.7,203.0.113.1", "10.0.0.2,10.0.0.1", "127.0.0.1,10.0.0.1", "10.0.0.2,127.0.0.1", "'',''"})
    void otherMachinesAreRefused(String remote, String local) {
        assertRefused(new Caller(false), request(remote, local, "localhost"));
    }

    @Test
    void whatAFilterBelievesOfHeadersDoesNotCount() {
        MockHttpServletRequest connection = request("203.0.113.7", "203.0.113.1", "evil.example");

        assertRefused(new Caller(false), new HttpServletRequestWrapper(connection) {

            @Override
            public String getRemoteAddr() {
                return "127.0.0.1";
            }

            @Override
            public String getLocalAddr() {
                return "127.0.0.1";
            }

            @Override
            public String getHeader(String name) {
                return name.equals("Host") ? "localhost" : super.getHeader(name);
            }
        });
    }

    @Test
    void othersMayAskWhereThatIsWantedButNoForeignPage() {
        Caller caller = new Caller(true);
        MockHttpServletRequest own = request("203.0.113.7", "203.0.113.1", "policies.example:8080");
        own.addHeader("Origin", "https://Policies.example:8080");
        MockHttpServletRequest foreign = request("203.0.113.7", "203.0.113.1", "policies.example:8080");
        foreign.addHeader("Origin", "https://evil.example");

        assertThatCode(() -> caller.requireAllowed(request("203.0.113.7", "203.0.113.1", "policies.example")))
                .doesNotThrowAnyException();
        assertThatCode(() -> caller.requireAllowed(own)).doesNotThrowAnyException();
        assertRefused(caller, foreign);
    }

    private static void assertRefused(Caller caller, HttpServletRequest request) {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> caller.requireAllowed(request))
                .satisfies(ex -> assertThat(ex.status()).isEqualTo(403));
    }

    private static MockHttpServletRequest request(String remote, String local, String host) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/enact/api/decisions");
        request.setRemoteAddr(remote);
        request.setLocalAddr(local);
        if (host != null) {
            request.addHeader("Host", host);
        }
        return request;
    }
}
