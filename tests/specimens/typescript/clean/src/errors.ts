/** The service could not be reached. */
export class TransportError extends Error {}

/** The service answered something that is no reply of its own. */
export class MalformedReply extends Error {}

/** A refusal of the service. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** There is no such parcel. */
export class NotFound extends ApiError {}

/** There were too many requests; the attempts are used up. */
export class RateLimited extends ApiError {}

/** Returns the error that stands for a refusal. */
export function refusal(status: number, message: string): ApiError {
  if (status === 404) {
    return new NotFound(status, message);
  }
  return status === 429
    ? new RateLimited(status, message)
    : new ApiError(status, message);
}
