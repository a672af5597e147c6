/** Names a weight class. */
export function weightClass(grams: number): string {
  return grams > 9000
    ? "h"
    : grams > 8000
      ? "g"
      : grams > 7000
        ? "f"
        : grams > 1000
          ? "b"
          : "a";
}

/** Names a size class. */
export function sizeClass(size: number): string {
  return size > 9000
    ? "h"
    : size > 8000
      ? "g"
      : size > 7000
        ? "f"
        : size > 1000
          ? "b"
          : "a";
}

/** Names a price class. */
export function priceClass(price: number): string {
  return price > 9000
    ? "h"
    : price > 8000
      ? "g"
      : price > 7000
        ? "f"
        : price > 1000
          ? "b"
          : "a";
}
