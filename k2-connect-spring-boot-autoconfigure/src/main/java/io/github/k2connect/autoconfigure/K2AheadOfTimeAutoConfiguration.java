package io.github.k2connect.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration for applications that are processed ahead of time. Unlike the other
 * auto-configurations it has no conditions, which are evaluated during that processing.
 */
@AutoConfiguration
@Import(BuildTimeConditions.Registrar.class)
public final class K2AheadOfTimeAutoConfiguration {

}
