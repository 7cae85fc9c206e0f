package cloud.enact.policy.builtin.url;

import cloud.enact.analysis.command.WebClients;
import cloud.enact.analysis.shell.InlineCode;
import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellWord;
import cloud.enact.analysis.url.Host;
import cloud.enact.analysis.url.UrlReading;
import cloud.enact.policy.InputName;
import cloud.enact.policy.PolicyInputs;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds the addresses a call speaks to: named by its arguments, or by programs of its command lines. */
final class Addresses {

    private static final int MOST = 1000;

    /** Others that speak to the addresses they are given; what is neither only mentions them. */
    private static final Set<String> CLIENTS =
            Set.of(("axel fetch links elinks nc ncat netcat socat telnet ftp lftp ssh scp sftp rsync git svn hg "
                            + "nslookup dig host drill ping ping6 traceroute openssl websocat wscat grpcurl "
                            + "start-bitstransfer certutil bitsadmin")
                    .split(" "));

    private Addresses() {}

    static boolean areNamedIn(PolicyInputs inputs) {
        return inputs.has(InputName.URL)
                || inputs.has(InputName.COMMAND) && !in(inputs).isEmpty();
    }

    static List<Address> in(PolicyInputs inputs) {
        return inputs.found(Addresses.class, Addresses::find);
    }

    private static List<Address> find(PolicyInputs inputs) {
        List<Address> addresses = new ArrayList<>(2);
        for (String text : inputs.originals(InputName.URL)) {
            for (UrlReading reading : UrlReading.all(text)) {
                addresses.add(Address.of(reading));
            }
        }
        if (inputs.has(InputName.COMMAND)) {
            addCommands(addresses, inputs);
        }
        return addresses;
    }

    private static void addCommands(List<Address> addresses, PolicyInputs inputs) {
        for (ShellCommand command : inputs.shell().commands()) {
            boolean fetches = WebClients.areCalled(command.name());
            if (fetches || CLIENTS.contains(command.name())) {
                addCommand(addresses, command, fetches);
            }
        }
        for (InlineCode code : inputs.shell().inlineCode()) {
            if (!code.language().equals("sql")) {
                for (String token : QuotedAddresses.in(code.text())) {
                    add(addresses, token, code.dynamic());
                }
            }
        }
        for (String host : inputs.commands().hosts()) {
            addresses.add(Host.read(host).map(Address::of).orElseGet(() -> Address.of(VariableText.of(host), true)));
        }
    }

    private static void addCommand(List<Address> addresses, ShellCommand command, boolean fetches) {
        int before = addresses.size();
        for (ShellWord word : command.arguments()) {
            boolean number = isNumber(word.text()) && !fetches;
            if (!number && (word.text().indexOf(' ') < 0 || word.dynamic())) {
                add(addresses, word.text(), word.dynamic());
            }
        }
        if (fetches && addresses.size() == before) {
            command.arguments().stream()
                    .filter(word -> word.dynamic() && !word.text().startsWith("-"))
                    .findFirst()
                    .ifPresent(word -> addresses.add(Address.of(VariableText.of(word.text()), true)));
        }
    }

    private static void add(List<Address> addresses, String text, boolean variable) {
        if (addresses.size() >= MOST || !text.contains("://") && !isNumber(text)) {
            return;
        }
        addresses.add(variable ? Address.of(VariableText.of(text), false) : Address.of(UrlReading.of(text)));
    }

    /** An address in four numbers, or in brackets; shorter ones may be anything. */
    private static boolean isNumber(String text) {
        if (text.startsWith("[")) {
            return true;
        }
        String host = text.split("[/:?#]", 2)[0];
        return host.chars().filter(c -> c == '.').count() == 3
                && host.chars().allMatch(c -> c == '.' || Character.digit(c, 16) >= 0 || c == 'x' || c == 'X');
    }
}
