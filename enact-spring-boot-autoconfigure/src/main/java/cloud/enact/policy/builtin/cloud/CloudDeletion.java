package cloud.enact.policy.builtin.cloud;

import cloud.enact.analysis.command.Destruction;
import cloud.enact.analysis.url.UrlReading;
import cloud.enact.policy.ActionWords;
import cloud.enact.policy.InputName;
import cloud.enact.policy.NormalizedText;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.builtin.NamedValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Tells whether a call takes something away, and whether a cloud keeps that. */
final class CloudDeletion {

    private static final int LONGEST_WORD = 200;

    private static final int MOST_NAMES = 2000;

    private static final Set<String> DELETES = Set.of(
            ("delete deletes deleting deletion remove removal destroy terminate drop purge erase wipe nuke trash "
                            + "rm rb del unlink deprovision decommission teardown deregister undeploy uninstall empty "
                            + "obliterate bulkdelete batchdelete deleteall removeall destroyall prune expunge")
                    .split(" "));

    /** In front of a word for deleting they turn it round, or only speak of it. */
    private static final Set<String> TURNS =
            Set.of(("undo cancel abort restore recover undelete prevent protect enable disable block deny configure "
                            + "describe simulate test estimate audit on if after when before not un no is was can")
                    .split(" "));

    private static final Set<String> DOWN = Set.of("tear", "shut", "take", "bring", "spin");

    private static final Set<String> OPERATIONS =
            Set.of(("action operation op verb method httpmethod apiaction apicall operationname function call "
                            + "xhttpmethodoverride xhttpmethod xmethodoverride methodoverride requesttype")
                    .split(" "));

    private static final Set<String> METHODS = Set.of("method", "httpmethod");

    private static final Set<String> HARMLESS = Set.of("get", "head", "options");

    private static final Set<String> PROVIDERS =
            Set.of(("system provider service platform connector vendor backend resourcetype resourcekind cloud "
                            + "cloudprovider")
                    .split(" "));

    private CloudDeletion() {}

    /** Whether the call is for a cloud, by its name or by what its arguments name. */
    static boolean isOnCloud(PolicyInputs inputs) {
        return Clouds.areNamedBy(inputs.words())
                || operations(inputs, PROVIDERS).stream().anyMatch(Clouds::areNamedBy)
                || addresses(inputs).stream().anyMatch(Clouds::hold);
    }

    /** Whether the name of the action, or an argument that names an operation, says that something goes. */
    static boolean isDeletion(PolicyInputs inputs) {
        if (says(inputs.words())
                || operations(inputs, OPERATIONS).stream().anyMatch(CloudDeletion::says)
                || inputs.texts(InputName.SQL).stream().anyMatch(CloudDeletion::isMutation)) {
            return true;
        }
        boolean looks = operations(inputs, METHODS).stream().anyMatch(method -> method.hasAny(HARMLESS));
        return !looks && !inputs.words().isRead() && isInAddress(inputs);
    }

    /** Whether a program of a command line takes something away from a cloud, or another service that keeps it. */
    static boolean isInCommandLine(PolicyInputs inputs) {
        return inputs.has(InputName.COMMAND)
                && inputs.commands().destructions().stream().anyMatch(Destruction::isAtService);
    }

    private static boolean says(ActionWords words) {
        if (words.isRead()) {
            return false;
        }
        List<String> operation = words.operation();
        for (int i = 0; i < operation.size(); i++) {
            String word = operation.get(i);
            if (TURNS.contains(word)) {
                return false;
            }
            String next = (i + 1 < operation.size()) ? operation.get(i + 1) : "";
            if (DELETES.contains(word) || DOWN.contains(word) && next.equals("down")) {
                // deletion_protection is switched on or off, and nothing goes
                return !next.equals("protection");
            }
        }
        return false;
    }

    /** In {@code …?Action=DeleteBucket}, {@code …?_method=DELETE} and {@code …/files/delete_v2} the address says it. */
    private static boolean isInAddress(PolicyInputs inputs) {
        for (String address : inputs.texts(InputName.URL)) {
            String path = UrlReading.of(address).path();
            if (says(ActionWords.of(path.substring(path.lastIndexOf('/') + 1)))) {
                return true;
            }
            int query = address.indexOf('?');
            for (String parameter :
                    (query < 0) ? new String[0] : address.substring(query + 1).split("[&;#]")) {
                int equals = parameter.indexOf('=');
                if (equals > 0
                        && OPERATIONS.contains(NormalizedText.compact(parameter.substring(0, equals)))
                        && says(ActionWords.of(parameter.substring(equals + 1)))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A mutation in the query language of many cloud interfaces: {@code mutation { volumeDelete(…) }}. */
    private static boolean isMutation(String query) {
        if (!query.contains("mutation")) {
            return false;
        }
        boolean mutation = false;
        int names = 0;
        String[] quoted = query.split("\"", MOST_NAMES);
        for (int i = 0; i < quoted.length; i += 2) {
            for (String name : quoted[i].split("[^A-Za-z0-9_]+", MOST_NAMES)) {
                mutation |= name.equals("mutation");
                if (mutation && ++names < MOST_NAMES && name.length() <= LONGEST_WORD && says(ActionWords.of(name))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<UrlReading> addresses(PolicyInputs inputs) {
        List<UrlReading> readings = new ArrayList<>(1);
        inputs.texts(InputName.URL).forEach(text -> readings.addAll(UrlReading.all(text)));
        for (String path : inputs.texts(InputName.PATH)) {
            if (path.contains("://")) {
                readings.add(UrlReading.of(path));
            }
        }
        return readings;
    }

    private static List<ActionWords> operations(PolicyInputs inputs, Set<String> names) {
        List<ActionWords> words = new ArrayList<>(1);
        for (Object value : NamedValues.of(inputs.request().args(), names::contains)) {
            if (value instanceof String text && text.length() <= LONGEST_WORD) {
                words.add(ActionWords.of(text));
            }
        }
        return words;
    }
}
