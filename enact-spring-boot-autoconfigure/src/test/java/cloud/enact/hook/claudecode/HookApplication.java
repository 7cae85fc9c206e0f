package cloud.enact.hook.claudecode;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** An application that answers the hooks of Claude Code, with Spring Security in front of everything else. */
@SpringBootConfiguration
@EnableAutoConfiguration(
        excludeName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
            "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration"
        })
public class HookApplication {

    /** Token of the installation of ana. */
    public static final String TOKEN = "token-of-ana-that-is-long-enough";

    /** Token of an installation that nobody sits in front of. */
    public static final String HEADLESS = "token-of-a-build-that-is-long-enough";

    static final String ENABLED = "enact.hooks.claude-code.enabled=true";

    static final String ANA = "enact.hooks.claude-code.installations[0].id=ana@enact.example";

    static final String ANAS_TOKEN = "enact.hooks.claude-code.installations[0].token=" + TOKEN;

    static final String ANAS_ROLE = "enact.hooks.claude-code.installations[0].roles=engineer";
}
