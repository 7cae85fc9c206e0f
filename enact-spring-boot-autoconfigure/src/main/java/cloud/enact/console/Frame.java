package cloud.enact.console;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is the same on every page: navigation, who looks, and what a form must bring along. Thread-safe. */
final class Frame {

    private final Templates templates = new Templates();

    private final Map<String, String> pages = new LinkedHashMap<>();

    private final String version;

    private final boolean credential;

    /**
     * Creates the frame.
     *
     * @param version of the assets
     * @param credential whether somebody can sign in
     * @param sources what there is to show
     */
    Frame(String version, boolean credential, ConsoleSources sources) {
        this.version = version;
        this.credential = credential;
        this.pages.put("receipts", "Receipts");
        if (sources.approvals() != null) {
            this.pages.put("approvals", "Approvals");
        }
        if (sources.policies() != null) {
            this.pages.put("policies", "Policies");
        }
        this.pages.put("integrity", "Integrity");
    }

    /** What the template of a page may say of the page as a whole. */
    Map<String, @Nullable Object> model(PageRequest request, String title) {
        Map<String, @Nullable Object> model = new LinkedHashMap<>();
        Visitor visitor = request.visitor();
        model.put("title", title);
        model.put("base", request.base());
        model.put("version", this.version);
        model.put("name", visitor.name());
        model.put("csrf", visitor.csrf());
        model.put("mayChange", visitor.mayChange());
        model.put("signedIn", visitor.signedIn());
        model.put("canSignIn", this.credential && !visitor.mayChange());
        model.put("problem", null);
        List<Map<String, @Nullable Object>> links = new ArrayList<>();
        this.pages.forEach((path, text) -> {
            Map<String, @Nullable Object> link = new LinkedHashMap<>();
            link.put("href", request.base() + "/" + path);
            link.put("text", text);
            link.put("here", request.segment(0).equals(path));
            links.add(link);
        });
        model.put("pages", links);
        model.put("security", request.http().securityField());
        return model;
    }

    Reply render(int status, String template, Map<String, @Nullable Object> model) {
        return Reply.html(status, this.templates.render(template, model));
    }

    /** A page that says what is the matter. */
    Reply problem(PageRequest request, int status, String title, @Nullable String detail) {
        Map<String, @Nullable Object> model = model(request, title);
        model.put("detail", detail);
        return render(status, "problem", model);
    }
}
