import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { GatewayEvent } from "../../../shared/announce"
import { ManualClock } from "../../payment-journal/__tests__/fixtures"
import type { NewBeneficiary } from "../beneficiary"
import type { PayoutModuleService } from "../service"
import type { NewTransfer } from "../transfer"
import { MadeUpPayoutProvider } from "./made-up-provider"
import { payoutsServed, providerId } from "./payouts-served"

export const accountNumber = "9988776655443322"

export const alice = { id: "user_alice", email: "alice@shop.example" }
export const bob = { id: "user_bob", email: "bob@shop.example" }
export const carol = { id: "user_carol", email: "carol@shop.example" }

export type PayoutsUnderTest = {
  payouts: PayoutModuleService
  gateway: MadeUpPayoutProvider
  clock: ManualClock
  /** Everything that was logged, a line each. */
  logged: string[]
  events: GatewayEvent[]
  /** The same shop's other server: the same gateway and clock, over another connection. */
  elsewhere(connection: Knex, options?: Record<string, unknown>): PayoutModuleService
}

export function payoutsUnderTest(
  connection: Knex,
  options: Record<string, unknown> = {}
): PayoutsUnderTest {
  const gateway = new MadeUpPayoutProvider()
  const clock = new ManualClock()
  const logged: string[] = []
  const events: GatewayEvent[] = []
  const serve = (database: Knex, changed: Record<string, unknown> = {}) =>
    payoutsServed({
      connection: database,
      provider: gateway,
      now: clock.now,
      options: { ...options, ...changed },
      logged,
      events,
    })
  return { payouts: serve(connection), gateway, clock, logged, events, elsewhere: serve }
}

export function newBeneficiary(change: Partial<NewBeneficiary> = {}): NewBeneficiary {
  return {
    provider_id: providerId,
    name: "Juan dela Cruz",
    kind: "person",
    email: "juan@example.com",
    account: { account_number: accountNumber, bank_code: "BDOX" },
    ...change,
  }
}

export function newTransfer(
  beneficiary: { id: string },
  change: Partial<NewTransfer> = {}
): NewTransfer {
  return {
    beneficiary_id: beneficiary.id,
    amount: "1500.00",
    currency_code: "php",
    purpose: "October",
    ...change,
  }
}
