/** Says how to handle a parcel. */
export function hint(
  grams: number,
  fragile: boolean,
  express: boolean,
): string {
  if (grams <= 0) {
    return "empty";
  }
  if (grams > 9000) {
    return "a";
  }
  if (grams > 8000) {
    return "b";
  }
  if (grams > 7000) {
    return "c";
  }
  if (grams > 6000) {
    return "d";
  }
  if (grams > 5000) {
    return "e";
  }
  if (grams > 4000) {
    return "f";
  }
  if (grams > 3000) {
    return "g";
  }
  if (grams > 2000) {
    return "h";
  }
  if (fragile && express) {
    return "carefully";
  }
  return "as usual";
}
