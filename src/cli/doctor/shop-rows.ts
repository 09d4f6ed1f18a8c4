/**
 * Medusa's rows that the doctor reads, straight from the database: loading the payment module would write to it.
 *
 * Assumption: tables and columns are those of Medusa 2.18 to 2.21. Where they are others the doctor says that it could not
 * look.
 */

import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import {
  ProviderHealth,
  type ProviderHealthRow,
} from "../../modules/payment-journal/repositories/provider-health"
import type { RegionRow } from "../../workflows/providers/provider-report"

export type ShopRows = {
  regions: RegionRow[]
  /** The ids of the providers that Medusa has turned on. */
  enabled: ReadonlySet<string>
  /** By the provider's id. */
  health: ReadonlyMap<string, ProviderHealthRow>
}

export async function readShopRows(
  database: Knex,
  providerIds: readonly string[]
): Promise<ShopRows> {
  const rows: (Omit<RegionRow, "providerIds"> & { provider_id: string | null })[] = await database({
    region: "region",
  })
    .leftJoin({ link: "region_payment_provider" }, (join) =>
      join.on("link.region_id", "region.id").andOnNull("link.deleted_at")
    )
    .whereNull("region.deleted_at")
    .orderBy(["region.name", "region.id", "link.payment_provider_id"])
    .select("region.id", "region.name", "region.currency_code")
    .select({ provider_id: "link.payment_provider_id" })
  const enabled: string[] = await database("payment_provider")
    .where({ is_enabled: true })
    .whereNull("deleted_at")
    .pluck("id")
  return {
    regions: regionsOf(rows),
    enabled: new Set(enabled),
    health: await new ProviderHealth(database).read(providerIds),
  }
}

function regionsOf(
  rows: readonly (Omit<RegionRow, "providerIds"> & { provider_id: string | null })[]
): RegionRow[] {
  const regions = new Map<string, RegionRow>()
  for (const { provider_id, ...region } of rows) {
    const known = regions.get(region.id) ?? { ...region, providerIds: [] }
    regions.set(region.id, {
      ...known,
      providerIds: provider_id === null ? known.providerIds : [...known.providerIds, provider_id],
    })
  }
  return [...regions.values()]
}

/** Of a provider that was never checked, and never got a message. */
export function emptyHealth(provider_id: string): ProviderHealthRow {
  return {
    provider_id,
    checked_at: null,
    checked_by: null,
    check_outcome: null,
    check_code: null,
    check_message: null,
    checked_options: null,
    clock_ahead_ms: null,
    failed_at: null,
    failed_call: null,
    failure_code: null,
    failure_message: null,
    last_message_at: null,
    last_verified_at: null,
    last_refused_at: null,
    recent_messages: "",
  }
}
