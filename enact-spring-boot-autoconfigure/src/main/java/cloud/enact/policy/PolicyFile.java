package cloud.enact.policy;

/**
 * A policy file as it was read. What it says is hostile until a reader has made policies of it.
 *
 * @param name what messages call it: its path, or its address on the class path
 * @param text its content
 */
public record PolicyFile(String name, String text) {}
