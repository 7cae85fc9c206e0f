package cloud.enact.receipt.export;

import cloud.enact.action.Printable;
import cloud.enact.receipt.VerificationProblem;
import org.jspecify.annotations.Nullable;

/**
 * A report as one page without scripts and without anything to load. Texts in receipts were chosen by others: each is
 * escaped where it is written, in one place.
 */
final class ReportPage {

    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>Verification of receipts</title>
            <style>
            body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem; color: #1d1d1f; }
            table { border-collapse: collapse; width: 100%; }
            th, td { border-bottom: 1px solid #d2d2d7; padding: .3rem .6rem; text-align: left; overflow-wrap: anywhere; }
            .state { font-weight: 600; padding: .2rem .6rem; border: 2px solid; display: inline-block; }
            </style>
            </head>
            <body>
            <h1>Verification of receipts</h1>
            """;

    private final BundleReport report;

    private final StringBuilder html = new StringBuilder(HEAD);

    ReportPage(BundleReport report) {
        this.report = report;
    }

    String html() {
        this.html.append("<p class=\"state\">");
        text(this.report.state().name());
        this.html.append("</p>\n<ul>\n");
        for (String sentence : this.report.sentences()) {
            this.html.append("<li>");
            text(sentence);
            this.html.append("</li>\n");
        }
        this.html.append("</ul>\n");
        problems();
        receipts();
        this.html.append("</body>\n</html>\n");
        return this.html.toString();
    }

    private void problems() {
        if (this.report.problems().isEmpty()) {
            return;
        }
        this.html.append("<h2>Problems</h2>\n<table>\n");
        row("th", "log", "seq", "state", "what is wrong");
        for (VerificationProblem problem : this.report.problems()) {
            row(
                    "td",
                    problem.log(),
                    Long.toString(problem.seq()),
                    problem.state().name(),
                    problem.detail());
        }
        this.html.append("</table>\n");
    }

    private void receipts() {
        this.html.append("<h2>Receipts</h2>\n");
        long more = this.report.verification().checked() - this.report.rows().size();
        if (more > 0) {
            this.html.append("<p>The first are shown, and ").append(more).append(" more are not.</p>\n");
        }
        this.html.append("<table>\n");
        row("th", "log", "seq", "time", "kind", "run", "action", "actor", "decision", "outcome");
        for (ReportRow row : this.report.rows()) {
            row(
                    "td",
                    row.log(),
                    Long.toString(row.seq()),
                    row.timestamp(),
                    row.kind(),
                    row.run(),
                    row.action(),
                    row.actor(),
                    row.decision(),
                    row.outcome());
        }
        this.html.append("</table>\n");
    }

    private void row(String tag, @Nullable String... cells) {
        this.html.append("<tr>");
        for (String cell : cells) {
            this.html.append('<').append(tag).append('>');
            text((cell != null) ? cell : "");
            this.html.append("</").append(tag).append('>');
        }
        this.html.append("</tr>\n");
    }

    private void text(String text) {
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> this.html.append("&amp;");
                case '<' -> this.html.append("&lt;");
                case '>' -> this.html.append("&gt;");
                case '"' -> this.html.append("&quot;");
                case '\'' -> this.html.append("&#39;");
                default -> this.html.appendCodePoint(Printable.isHidden(c) ? '\uFFFD' : c);
            }
        });
    }
}
