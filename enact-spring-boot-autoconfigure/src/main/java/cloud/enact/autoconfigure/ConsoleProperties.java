package cloud.enact.autoconfigure;

import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Pages for people.
 *
 * @param enabled Whether the application has the console.
 * @param path Where the console is.
 * @param loopback Whether this machine may read the console without saying who asks.
 * @param roles Roles of Spring Security that may read the console and change something there. Without any, the console credential does.
 * @param credentialFile File with the digest of the console credential, made at the first start. Beside the receipt file by default; with the memory store each start has a new credential.
 * @param badges Whether everybody who reaches the application may see badges of actions, with their last decision and how often they passed.
 */
record ConsoleProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("/enact") String path,
        @DefaultValue("true") boolean loopback,
        @DefaultValue Set<String> roles,
        @Nullable Path credentialFile,
        @DefaultValue("false") boolean badges) {}
