package example.parcels.parcelkit;

import com.google.gson.annotations.SerializedName;

/** Where a parcel stands. */
public enum Status {
    /** The service knows the parcel. */
    @SerializedName("registered")
    REGISTERED,
    /** The parcel is on its way. */
    @SerializedName("in-transit")
    IN_TRANSIT,
    /** The parcel has arrived. */
    @SerializedName("delivered")
    DELIVERED,
    /** The parcel went back. */
    @SerializedName("returned")
    RETURNED
}
