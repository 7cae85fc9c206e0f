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
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoAlertPresentException;
import org.openqa.selenium.OutputType;
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
        new WebDriverWait(this.driver, PATIENCE).until(d -> {
            d.get(address.toString());
            return !d.findElements(By.cssSelector(css)).isEmpty();
        });
    }

    /** What a person reads on the page. */
    String text() {
        return this.driver.findElement(By.tagName("body")).getText();
    }

    /** The one element, once it is there. */
    WebElement find(String css) {
        return new WebDriverWait(this.driver, PATIENCE).until(d -> d.findElement(By.cssSelector(css)));
    }

    /** Scrolls until an element is seen. */
    void show(String css) {
        this.driver.executeScript("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", find(css));
    }

    /** Waits until the page says something. */
    void await(String text) {
        new WebDriverWait(this.driver, PATIENCE)
                .until(d -> d.findElement(By.tagName("body")).getText().contains(text));
    }

    void type(CharSequence keys) {
        this.driver.switchTo().activeElement().sendKeys(keys);
    }

    /** What has the focus. */
    WebElement focused() {
        return this.driver.switchTo().activeElement();
    }

    /** Goes to an element with the tabulator alone. */
    WebElement tabTo(String css) {
        WebElement wanted = find(css);
        for (int i = 0; i < 200; i++) {
            if (wanted.equals(focused())) {
                return wanted;
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
    Object ask(String expression) {
        return this.driver.executeScript("return " + expression);
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
