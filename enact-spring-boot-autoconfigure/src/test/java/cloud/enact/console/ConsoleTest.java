package cloud.enact.console;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.TestPropertySource;

/**
 * A test of the console of a {@link ConsoleApplication} that answers at a port, keeps everything in memory and knows
 * nobody but its operator. What a test has beside that it says with {@link TestPropertySource}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            ConsoleApplication.MEMORY,
            ConsoleApplication.SECRET,
            ConsoleApplication.UNDO,
            ConsoleApplication.ENABLED,
            ConsoleApplication.WITHOUT_SECURITY
        })
@interface ConsoleTest {}
