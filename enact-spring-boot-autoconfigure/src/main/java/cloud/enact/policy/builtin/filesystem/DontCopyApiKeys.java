package cloud.enact.policy.builtin.filesystem;

import cloud.enact.policy.ActionWords;
import cloud.enact.policy.InputName;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.builtin.AddedText;
import cloud.enact.policy.builtin.ArgumentPolicy;
import cloud.enact.policy.builtin.Credentials;
import cloud.enact.policy.builtin.FilePaths;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Blocks files with a credential in what is written. */
final class DontCopyApiKeys extends ArgumentPolicy {

    static final String NAME = "filesystem.dont-copy-api-keys";

    static final String HARM = "A credential lies around in a file that nobody guards.";

    private static final Set<String> WRITES =
            Set.of(("write create update edit append insert replace put save set patch store multiedit apply copy "
                            + "add upload")
                    .split(" "));

    private static final Set<String> FILES =
            Set.of("file files fs filesystem notebook document disk patch edit multiedit write".split(" "));

    DontCopyApiKeys() {
        super(NAME, "Nothing that is written is a credential.");
    }

    @Override
    protected boolean appliesTo(PolicyInputs inputs) {
        return writesFile(inputs) || inputs.has(InputName.COMMAND);
    }

    private static boolean writesFile(PolicyInputs inputs) {
        ActionWords words = inputs.words();
        if (words.isRead()) {
            return false;
        }
        boolean writes = words.indexInOperation(WRITES) >= 0;
        return writes && words.hasAny(FILES)
                || FilePaths.areNamedIn(inputs) && (writes || inputs.has(InputName.CONTENT));
    }

    @Override
    protected Verdict decide(PolicyInputs inputs) {
        List<String> texts = new ArrayList<>();
        if (writesFile(inputs) || inputs.named() && !inputs.words().isRead()) {
            texts.addAll(AddedText.inArguments(inputs));
        }
        if (inputs.has(InputName.COMMAND)) {
            texts.addAll(AddedText.byCommands(inputs.shell()));
            if (!inputs.shell().understood()) {
                texts.addAll(inputs.originals(InputName.COMMAND));
            }
        }
        return Credentials.areIn(texts)
                ? block("What would be written holds a credential. "
                        + "Write a placeholder, and read the value from the environment or a secret store.")
                : pass();
    }
}
