/** A typed client for a parcel-tracking service. */
package example.parcels.parcelkit;
