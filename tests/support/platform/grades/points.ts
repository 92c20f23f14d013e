/** A share of a column's maximum as points; the noise of binary fractions is no decimal of a grade. */
export function pointsOf(share: number, scoreMaximum: number): number {
  return Number((share * scoreMaximum).toFixed(9));
}

/** As a column keeps it that has room for so many decimals. */
export function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}
