package example.parcels.parcelkit;

/**
 * What is sent to the service.
 *
 * @param method the method of HTTP
 * @param path the path below the service's address
 * @param body the body, empty for none
 */
public record Request(String method, String path, String body) {
}
