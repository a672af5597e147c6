package example.parcels.parcelkit;

/**
 * Something that happened to a parcel.
 *
 * @param at the moment, as the service writes it
 * @param place where it happened
 * @param status where the parcel stood then
 */
public record Event(String at, String place, Status status) {
}
