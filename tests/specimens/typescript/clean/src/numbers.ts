const S10 = /^[A-Z]{2}(\d{8})(\d)[A-Z]{2}$/;
const WEIGHTS = [8, 6, 4, 2, 3, 5, 9, 7];

/** Tells whether a number has the form of the postal union's S10 and its check digit. */
export function isValid(number: string): boolean {
  const parts = S10.exec(number);
  return parts !== null && checkDigit(parts[1]) === Number(parts[2]);
}

function checkDigit(serial: string): number {
  const total = WEIGHTS.reduce(
    (sum, weight, at) => sum + weight * Number(serial[at]),
    0,
  );
  const digit = 11 - (total % 11);
  if (digit === 10) {
    return 0;
  }
  return digit === 11 ? 5 : digit;
}
