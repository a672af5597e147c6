package example.parcels.parcelkit;

/**
 * What the service answers.
 *
 * @param status the status of HTTP
 * @param body the body
 */
public record Reply(int status, String body) {
}
