package cloud.enact.autoconfigure;

import cloud.enact.hook.GuardPlaces;
import cloud.enact.hook.SelfProtection;
import java.io.File;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.util.ResourceUtils;

/** Where this application keeps what it guards with, and how it is reached. */
final class GuardSurroundings {

    private static final Log logger = LogFactory.getLog(GuardSurroundings.class);

    private final EnactProperties properties;

    private final Environment environment;

    GuardSurroundings(EnactProperties properties, Environment environment) {
        this.properties = properties;
        this.environment = environment;
    }

    SelfProtection protection() {
        if (!this.properties.hooks().selfProtection()) {
            return SelfProtection.off();
        }
        GuardPlaces places = GuardPlaces.ofThisProcess(secret(), store(), locked(), ports(), hosts());
        return SelfProtection.of(places, System.getProperty("user.home"));
    }

    /** What is signed or sealed, or a digest. */
    private List<Path> store() {
        ReceiptProperties receipts = this.properties.receipts();
        List<@Nullable Path> places = new ArrayList<>();
        places.add(receipts.file());
        places.add(receipts.jsonDir());
        places.add(this.properties.undo().directory());
        places.add(this.properties.console().credentialFile());
        places.add(receipts.file().resolveSibling("console-credential"));
        places.add(receipts.encryption().dataKeysFile());
        return places.stream().filter(Objects::nonNull).toList();
    }

    private List<Path> secret() {
        SigningProperties signing = this.properties.signing();
        EncryptionProperties encryption = this.properties.receipts().encryption();
        List<@Nullable Path> places = new ArrayList<>();
        places.add(signing.secretFile());
        places.add(signing.privateKeyFile());
        places.add(encryption.keyFile());
        places.addAll(encryption.previousKeyFiles());
        return places.stream().filter(Objects::nonNull).toList();
    }

    private List<Path> locked() {
        List<Path> places = new ArrayList<>();
        for (String location : this.properties.policyFiles()) {
            Path place = file(location);
            if (place != null) {
                places.add(place);
            }
        }
        places.addAll(new ConfigurationFiles(this.environment).find());
        String started = System.getProperty("java.class.path", "");
        if (started.endsWith(".jar") && !started.contains(File.pathSeparator)) {
            places.add(Path.of(started));
        }
        return places;
    }

    /** The file, or what stands before the first star of a pattern. */
    static @Nullable Path file(String location) {
        String path = location;
        if (location.startsWith(ResourceUtils.FILE_URL_PREFIX)) {
            path = location.substring(ResourceUtils.FILE_URL_PREFIX.length());
        } else if (location.contains(":")) {
            return null;
        }
        int star = path.indexOf('*');
        int end = (star < 0) ? path.length() : path.lastIndexOf('/', star);
        String plain = (end < 0) ? "" : path.substring(0, end);
        try {
            // a folder that is the whole disk, or where the application was started, says nothing
            return (plain.isEmpty() || plain.equals(".")) ? null : Path.of(plain.replaceFirst("^/+", "/"));
        } catch (InvalidPathException ex) {
            return null;
        }
    }

    private Set<Integer> ports() {
        Set<Integer> ports = new LinkedHashSet<>();
        for (String name :
                new String[] {"local.server.port", "local.management.port", "server.port", "management.server.port"}) {
            Integer port = this.environment.getProperty(name, Integer.class);
            if (port != null && port > 0) {
                ports.add(port);
            }
        }
        if (ports.isEmpty()) {
            ports.add(8080);
        }
        return ports;
    }

    private Set<String> hosts() {
        Set<String> hosts = new LinkedHashSet<>();
        for (String name : new String[] {"server.address", "HOSTNAME", "COMPUTERNAME"}) {
            String host = this.environment.getProperty(name);
            if (host != null && !host.isBlank()) {
                hosts.add(host.strip().toLowerCase(Locale.ROOT));
            }
        }
        try {
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(Inet4Address.class::isInstance)
                    .forEach(address -> hosts.add(address.getHostAddress()));
        } catch (SocketException ex) {
            logger.warn(
                    "Which addresses this machine has can't be found out, so requests to them are not recognised", ex);
        }
        return hosts;
    }
}
