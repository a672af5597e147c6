/** Converts grams to unit 0. */
export function unit0(grams: number): number {
  const shares = grams / 2;
  const rounded = Math.round(shares);
  return rounded * 2;
}

/** Converts grams to unit 1. */
export function unit1(grams: number): number {
  const shares = grams / 3;
  const rounded = Math.round(shares);
  return rounded * 3;
}

/** Converts grams to unit 2. */
export function unit2(grams: number): number {
  const shares = grams / 4;
  const rounded = Math.round(shares);
  return rounded * 4;
}

/** Converts grams to unit 3. */
export function unit3(grams: number): number {
  const shares = grams / 5;
  const rounded = Math.round(shares);
  return rounded * 5;
}

/** Converts grams to unit 4. */
export function unit4(grams: number): number {
  const shares = grams / 6;
  const rounded = Math.round(shares);
  return rounded * 6;
}

/** Converts grams to unit 5. */
export function unit5(grams: number): number {
  const shares = grams / 7;
  const rounded = Math.round(shares);
  return rounded * 7;
}

/** Converts grams to unit 6. */
export function unit6(grams: number): number {
  const shares = grams / 8;
  const rounded = Math.round(shares);
  return rounded * 8;
}

/** Converts grams to unit 7. */
export function unit7(grams: number): number {
  const shares = grams / 9;
  const rounded = Math.round(shares);
  return rounded * 9;
}

/** Converts grams to unit 8. */
export function unit8(grams: number): number {
  const shares = grams / 10;
  const rounded = Math.round(shares);
  return rounded * 10;
}

/** Converts grams to unit 9. */
export function unit9(grams: number): number {
  const shares = grams / 11;
  const rounded = Math.round(shares);
  return rounded * 11;
}

/** Converts grams to unit 10. */
export function unit10(grams: number): number {
  const shares = grams / 12;
  const rounded = Math.round(shares);
  return rounded * 12;
}

/** Converts grams to unit 11. */
export function unit11(grams: number): number {
  const shares = grams / 13;
  const rounded = Math.round(shares);
  return rounded * 13;
}
