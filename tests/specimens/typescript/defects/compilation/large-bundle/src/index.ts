export { Client } from "./client.js";
export {
  ApiError,
  MalformedReply,
  NotFound,
  RateLimited,
  TransportError,
} from "./errors.js";
export type { Parcel, TrackingEvent } from "./models.js";
export { isValid } from "./numbers.js";
export { RetryPolicy } from "./retry.js";
export { http } from "./transport.js";
export type { Reply, Request, Transport } from "./transport.js";
export { PLACES } from "./places.js";
