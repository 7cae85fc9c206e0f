package cloud.enact.policy.cerbos;

import cloud.enact.policy.FilePolicy;
import cloud.enact.policy.PolicyFile;
import cloud.enact.policy.PolicyFileException;
import cloud.enact.policy.PolicyFileReader;
import cloud.enact.policy.PolicyFinding;
import cloud.enact.policy.cel.CelLibrary;
import cloud.enact.policy.cerbos.document.PolicyDocument;
import cloud.enact.policy.cerbos.document.PolicyDocumentReader;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Reads policy files in the format of Cerbos. Thread-safe. */
public final class CerbosPolicyFiles implements PolicyFileReader {

    private final CerbosSettings settings;

    public CerbosPolicyFiles(CerbosSettings settings) {
        this.settings = settings;
    }

    @Override
    public boolean knows(PolicyFile file) {
        return PolicyDocumentReader.knows(file.text());
    }

    @Override
    public List<FilePolicy> read(List<PolicyFile> files) {
        try {
            RuleTable table = compile(documents(files), files);
            CerbosEngine engine = new CerbosEngine(table, this.settings.engineOptions());
            return List.of(new FilePolicy(new CerbosPolicy(engine, this.settings), canonical(files)));
        } catch (LinkageError ex) {
            throw CelLibrary.unusable(files.get(0).name(), ex);
        }
    }

    @Override
    public List<PolicyFinding> lint(List<PolicyFile> files) {
        List<PolicyDocument> documents;
        try {
            documents = documents(files);
            compile(documents, files);
        } catch (PolicyFileException ex) {
            return List.of(new PolicyFinding(
                    "invalid-policy",
                    PolicyFinding.Severity.ERROR,
                    ex.getDescription() + ". " + ex.getAction(),
                    ex.getFile(),
                    ex.getLine()));
        }
        return new CerbosFindings(this.settings).in(documents);
    }

    private static RuleTable compile(List<PolicyDocument> documents, List<PolicyFile> files) {
        try {
            return new PolicyCompiler().compile(documents);
        } catch (LinkageError ex) {
            throw CelLibrary.unusable(files.get(0).name(), ex);
        }
    }

    private static List<PolicyDocument> documents(List<PolicyFile> files) {
        PolicyDocumentReader reader = new PolicyDocumentReader();
        List<PolicyDocument> documents = new ArrayList<>();
        for (PolicyFile file : files) {
            PolicyDocument document = reader.read(file.name(), file.text());
            if (document != null) {
                documents.add(document);
            }
        }
        return documents;
    }

    /** The settings and the texts, each with its length. */
    private String canonical(List<PolicyFile> files) {
        StringBuilder canonical = new StringBuilder();
        canonical
                .append(this.settings.strict())
                .append(this.settings.noMatch())
                .append(this.settings.roleCombining())
                .append(this.settings.policyVersion())
                .append('/')
                .append(this.settings.scope())
                .append('/')
                .append(this.settings.lenientScopeSearch())
                .append(new TreeMap<>(this.settings.globals()));
        files.forEach(file ->
                canonical.append('|').append(file.text().length()).append(':').append(file.text()));
        return canonical.toString();
    }
}
