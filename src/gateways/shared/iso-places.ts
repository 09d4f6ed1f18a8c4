/**
 * The currencies that ISO 4217 counts in other than two decimal places. Written out, because the platform's
 * own table (Intl) follows what people pay with: it knows no places for HUF or PKR, whose amounts have two.
 */
const exceptions: Readonly<Record<number, readonly string[]>> = {
  0: "bif clp djf gnf isk jpy kmf krw pyg rwf ugx vnd vuv xaf xof xpf".split(" "),
  3: "bhd iqd jod kwd lyd omr tnd".split(" "),
}

const places: ReadonlyMap<string, number> = new Map(
  Object.entries(exceptions).flatMap(([count, currencies]) =>
    currencies.map((currency): [string, number] => [currency, Number(count)])
  )
)

/** For gateways that publish no places of their own. A code that ISO does not know has two, as most have. */
export function isoPlaces(currencyCode: string): number {
  return places.get(currencyCode.toLowerCase()) ?? 2
}
