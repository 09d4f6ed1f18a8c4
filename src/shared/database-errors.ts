import type { LoaderOptions } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

/**
 * A module's loader: an error of the shop's database says the statement that failed, with $1 in place of each value. knex
 * writes the values themselves into the message, which ends in logs and in front of people: a shopper's name and phone,
 * or the code that a wallet pays with.
 */
export async function keepValuesOutOfErrors({
  container,
}: Pick<LoaderOptions, "container">): Promise<void> {
  const database = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  // An option of knex's own, which Medusa's config has no place for; transactions read the same object.
  Object.assign(database.client.config, { compileSqlOnError: false })
}
