import { disagreements } from "../../http/support/disagreements"
import type { SellingThrough } from "../../http/support/gateway-shop"
import { eventually } from "../../http/support/shop"
import type { ClusterShop } from "./cluster-shop"

/**
 * For what is sure to come, and can come late where the machine has other things to do: nothing is shown by how long it
 * takes.
 */
export const patienceMs = 300_000

export async function untilTrue(ask: () => Promise<boolean>): Promise<void> {
  expect(await eventually(ask, Boolean, patienceMs)).toBe(true)
}

/** @param references by Medusa's id of the provider: what was opened there since then */
export async function untilBooksAgree(
  { database }: Pick<ClusterShop, "database">,
  through: readonly SellingThrough[],
  references: ReadonlyMap<string, readonly string[]>,
  since: Date
): Promise<void> {
  const compare = async () => await disagreements(database, through, references, since)
  expect(await eventually(compare, ({ length }) => length === 0, patienceMs)).toEqual([])
}
