/** Weights of parcels. */
package example.parcels.parcelkit.weights;
