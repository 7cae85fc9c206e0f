package cloud.enact.analysis.command;

import java.util.Set;

/** Programs that take an address on the web for an operand, with or without a scheme. */
public final class WebClients {

    private static final Set<String> NAMES =
            Set.of(("curl wget wget2 http https xh xhs httpie curlie aria2c lynx w3m iwr irm invoke-webrequest "
                            + "invoke-restmethod")
                    .split(" "));

    private WebClients() {}

    /** Whether a program of that name, in small letters, is one. */
    public static boolean areCalled(String name) {
        return NAMES.contains(name);
    }
}
