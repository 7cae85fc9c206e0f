package cloud.enact.autoconfigure;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Verification in the background.
 *
 * @param interval How often every log is verified from its first receipt on. Zero never does.
 */
record VerificationProperties(@DefaultValue("0") Duration interval) {}
