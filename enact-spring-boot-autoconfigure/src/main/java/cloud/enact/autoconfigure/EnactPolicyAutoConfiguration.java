package cloud.enact.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** Auto-configuration of the policy set. */
@AutoConfiguration
@EnableConfigurationProperties(EnactProperties.class)
public final class EnactPolicyAutoConfiguration {}
