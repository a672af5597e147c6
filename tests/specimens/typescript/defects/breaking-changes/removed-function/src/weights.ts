/** Rounds a weight in grams up to the next step that is billed. */
export function billable(grams: number, step: number = 50): number {
  return Math.ceil(grams / step) * step;
}
