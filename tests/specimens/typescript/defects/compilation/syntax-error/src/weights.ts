const GRAMS_PER_OUNCE = 28.349523125;

/** Converts grams to avoirdupois ounces. */
export function ounces(grams: number: number {
  return grams / GRAMS_PER_OUNCE;
}

/** Rounds a weight in grams up to the next step that is billed. */
export function billable(grams: number, step: number = 50): number {
  return Math.ceil(grams / step) * step;
}
