package cloud.enact.gate;

import cloud.enact.action.Actor;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/** Takes the actor from Spring Security: the authenticated principal's name, its authorities as roles. */
@Order(0)
final class SecurityActor implements ActorResolver, ReactiveActor {

    private static final String ROLE_PREFIX = "ROLE_";

    private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();

    @Override
    public @Nullable Actor resolve(Map<String, Object> toolContext) {
        return actor(SecurityContextHolder.getContext().getAuthentication());
    }

    @Override
    public Mono<Actor> resolve(ContextView context) {
        return ReactiveSecurityContextHolder.getContext()
                .contextWrite(context)
                .mapNotNull(SecurityContext::getAuthentication)
                .mapNotNull(this::actor);
    }

    private @Nullable Actor actor(@Nullable Authentication authentication) {
        if (authentication == null
                || !authentication.isAuthenticated()
                || this.trust.isAnonymous(authentication)
                || authentication.getName().isBlank()) {
            return null;
        }
        Set<String> roles = new TreeSet<>();
        for (GrantedAuthority authority : authentication.getAuthorities()) {
            String name = authority.getAuthority();
            if (name != null && !name.isBlank()) {
                roles.add(name.startsWith(ROLE_PREFIX) ? name.substring(ROLE_PREFIX.length()) : name);
            }
        }
        return new Actor(authentication.getName(), roles, Map.of(), null, null, "spring-security");
    }
}
