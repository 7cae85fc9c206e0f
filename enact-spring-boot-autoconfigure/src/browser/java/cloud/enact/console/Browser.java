package cloud.enact.console;

import com.deque.html.axecore.results.Results;
import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoAlertPresentException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Chromium without a window, and what a person does with it. For one thread. */
final class Browser implements AutoCloseable {

    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What keeps somebody from using a page; the rest is advice. */
    private static final List<String> SERIOUS = List.of("serious", "critical");

    private final ChromeDriver driver;

    private Browser(ChromeOptions options) {
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .build();
        this.driver = new ChromeDriver(service, options);
        size(1280, 900);
    }

    static Browser open() {
        return new Browser(new ChromeOptions());
    }

    /** One that runs no script of a page. */
    static Browser withoutScript() {
        ChromeOptions options = new ChromeOptions();
        options.setExperimentalOption("prefs", Map.of("profile.managed_default_content_settings.javascript", 2));
        return new Browser(options);
    }

    /** One whose owner likes it dark. */
    static Browser dark() {
        ChromeOptions options = new ChromeOptions();
        options.addArguments("--force-dark-mode", "--blink-settings=preferredColorScheme=0");
        return new Browser(options);
    }

    void size(int width, int height) {
        this.driver.manage().window().setSize(new Dimension(width, height));
    }

    void go(URI address) {
        this.driver.get(address.toString());
    }

    /** Loads a page again until there is an element. */
    void reload(URI address, String css) {
        until(() -> {
            go(address);
            return !this.driver.findElements(By.cssSelector(css)).isEmpty();
        });
    }

    /** Becomes an operator. */
    void signIn(URI login, String credential) {
        go(login);
        enter("#credential", credential);
        find("#sign-out");
    }

    /** What a person reads on the page. */
    String text() {
        return read("body");
    }

    /** What a person reads in the one element, once it is there. */
    String read(String css) {
        return until(() -> element(css).getText());
    }

    /** The one element, once it is there; for as long as the page does not put another in its place. */
    WebElement find(String css) {
        return until(() -> element(css));
    }

    /** Whether the one element is seen, once it is. */
    boolean shows(String css) {
        return until(() -> element(css).isDisplayed());
    }

    private WebElement element(String css) {
        return this.driver.findElement(By.cssSelector(css));
    }

    /** Scrolls until an element is seen. */
    void show(String css) {
        this.driver.executeScript("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", find(css));
    }

    /** Waits until the page says something. */
    void await(String text) {
        until(() -> element("body").getText().contains(text));
    }

    /** Presses a button or a link, which leads to another page. */
    void click(String css) {
        leave(() -> until(() -> {
            element(css).click();
            return true;
        }));
    }

    /** Writes into a field and sends its form, which leads to another page. */
    void enter(String css, String text) {
        leave(() -> find(css).sendKeys(text + Keys.ENTER));
    }

    void type(CharSequence keys) {
        focused().sendKeys(keys);
    }

    /** Types what leads to another page. */
    void enter(CharSequence keys) {
        leave(() -> type(keys + "" + Keys.ENTER));
    }

    /**
     * Does what leads to another page, and waits for that: the page that is left has elements of the same names. It is
     * marked rather than held by an element of it, which the driver at times can't look up while pages change.
     */
    private void leave(Runnable step) {
        ask("window.left = true");
        step.run();
        until(() -> Boolean.TRUE.equals(ask("window.left !== true && document.readyState === 'complete'")));
    }

    /**
     * What something gives, once it gives something and the page does not change meanwhile: of that the driver tells
     * with more than one kind of exception.
     */
    private <T> T until(Supplier<T> wanted) {
        return new WebDriverWait(this.driver, PATIENCE)
                .ignoring(WebDriverException.class)
                .until(d -> wanted.get());
    }

    /** What has the focus. */
    WebElement focused() {
        return this.driver.switchTo().activeElement();
    }

    /** Goes to an element with the tabulator alone. */
    void tabTo(String css) {
        find(css);
        for (int i = 0; i < 200; i++) {
            if (Boolean.TRUE.equals(ask("document.activeElement.matches(arguments[0])", css))) {
                return;
            }
            type(Keys.TAB);
        }
        throw new AssertionError("The keyboard does not reach " + css);
    }

    /** How much wider than the window the page is, in pixels. */
    long overflow() {
        Object value = this.driver.executeScript(
                "return document.documentElement.scrollWidth - document.documentElement.clientWidth");
        return ((Number) value).longValue();
    }

    /** What makes the page hard to use, as axe finds it: serious and critical findings. */
    List<String> barriers() {
        Results results = new AxeBuilder().analyze(this.driver);
        return results.getViolations().stream()
                .filter(rule -> SERIOUS.contains(String.valueOf(rule.getImpact())))
                .map(Browser::describe)
                .toList();
    }

    private static String describe(Rule rule) {
        return rule.getId() + ": " + rule.getHelp() + " at "
                + rule.getNodes().stream()
                        .map(node -> String.valueOf(node.getTarget()))
                        .toList();
    }

    /** What the page itself answers to an expression. */
    @Nullable
    Object ask(String expression, Object... arguments) {
        return this.driver.executeScript("return " + expression, arguments);
    }

    /** Whether a page has opened a dialog that waits for somebody. */
    boolean hasDialog() {
        try {
            this.driver.switchTo().alert();
            return true;
        } catch (NoAlertPresentException ex) {
            return false;
        }
    }

    /** What the browser complained about since it was asked last, such as what a content security policy stopped. */
    List<String> complaints() {
        return this.driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    /** Where it is. */
    URI address() {
        return URI.create(this.driver.getCurrentUrl());
    }

    /** Keeps what is seen. */
    void picture(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, this.driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        this.driver.quit();
    }
}
