/** Money as whole millionths of a currency's unit: sums stay exact, and currencies are never mixed. */

/** Millionths of a unit: an integer. */
export type Micros = number

/** A price of at most six decimals, as digits or as a number. */
export const microsOf = (amount: number | string): Micros => Math.round(Number(amount) * 1_000_000)
export const amountOf = (micros: Micros): number => micros / 1_000_000

/** By currency. */
export type Purse = Readonly<Record<string, Micros>>

export const addTo = (purse: Record<string, Micros>, currency: string, micros: Micros): void => {
  purse[currency] = (purse[currency] ?? 0) + micros
}
