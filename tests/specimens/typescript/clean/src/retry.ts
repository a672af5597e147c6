/** A number of attempts in all, and a delay in seconds that doubles from `base` up to `cap`. */
export class RetryPolicy {
  constructor(
    readonly attempts: number = 4,
    readonly base: number = 0.25,
    readonly cap: number = 8,
  ) {}

  /** Returns the seconds to wait after an attempt (0 is the first); the service may ask for some. */
  delay(attempt: number, asked: number = 0): number {
    const wanted = asked > 0 ? asked : this.base * 2 ** attempt;
    return Math.min(this.cap, wanted);
  }
}

/** Tells whether a refusal may pass by itself. */
export function isPassing(status: number): boolean {
  return status === 429 || status >= 500;
}
