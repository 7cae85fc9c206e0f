package cloud.enact.connector.http;

import java.util.Map;

/**
 * How to find out whether a change whose answer was lost took effect.
 *
 * @param request reads by something that only this step left, such as its key
 * @param found what the answer must be like when it did
 * @param result what is taken from the answer; it did when all of that is there
 */
record Probe(RequestTemplate request, Condition found, Map<String, Pointer> result) {}
