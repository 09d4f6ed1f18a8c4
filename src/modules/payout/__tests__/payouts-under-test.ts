import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Logger } from "@medusajs/framework/types"
import type { GatewayEvent } from "../../../shared/events"
import { ManualClock } from "../../payment-journal/__tests__/fixtures"
import type { Actor } from "../actor"
import type { PayoutContext } from "../context"
import type { NewBeneficiary } from "../domain/beneficiary"
import type { NewTransfer } from "../domain/transfer"
import type { AbstractPayoutProvider } from "../provider"
import { PayoutModuleService } from "../service"
import { FakePayoutProvider } from "./fake-provider"

export const accountNumber = "9988776655443322"

export const alice = anAdmin("alice")
export const bob = anAdmin("bob")
export const carol = anAdmin("carol")

/** Somebody who has been an admin of the shop for long. */
export function anAdmin(name: string): Extract<Actor, { type: "user" }> {
  const since = new Date("2029-01-01T00:00:00Z")
  return { type: "user", id: `user_${name}`, since, email: `${name}@shop.example` }
}

/** A secret API key that an admin made. */
export function keyOf({ id, since }: Extract<Actor, { type: "user" }>, key: string): Actor {
  return { type: "key", id, key, since }
}

export type PayoutsUnderTest = {
  payouts: PayoutModuleService
  gateway: FakePayoutProvider
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
  const gateway = new FakePayoutProvider()
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

export const providerId = "po_acme_main"
export const key = Buffer.alloc(32, 7).toString("base64")
export const otherKey = Buffer.alloc(32, 9).toString("base64")
export const encryption = { keyId: "1", keys: { "1": key } }

class ServiceUnderTest extends PayoutModuleService {
  constructor(
    cradle: ConstructorParameters<typeof PayoutModuleService>[0],
    options: Record<string, unknown>,
    tools: Pick<PayoutContext, "now" | "lockTimeoutMs">
  ) {
    super(cradle, options)
    Object.assign(this.context, tools)
  }
}

/** The module's service on one server of the shop, with one provider and a clock that a test moves. */
export function payoutsServed(server: {
  connection: Knex
  /** Undefined where it is not in the config. */
  provider: AbstractPayoutProvider | undefined
  now: () => Date
  /** The plugin's option `payouts`. */
  options?: Record<string, unknown>
  /** Everything that is logged, a line each. */
  logged?: string[]
  events?: GatewayEvent[]
  /** Else longer than anything takes that ends, on a busy machine too. */
  lockTimeoutMs?: number
}): PayoutModuleService {
  const { connection, provider, now, options, logged = [], events = [] } = server
  const { lockTimeoutMs = 240_000 } = server
  return new ServiceUnderTest(
    {
      logger: loggerInto(logged),
      __pg_connection__: connection,
      event_bus: {
        emit: async (event: GatewayEvent) => {
          events.push(event)
        },
      },
      payout_providers: provider ? [providerId] : [],
      [providerId]: provider,
    },
    { payouts: { encryption, ...options } },
    { now, lockTimeoutMs }
  )
}

function loggerInto(logged: string[]): Logger {
  const line = (text: unknown) => {
    logged.push(String(text))
  }
  const silent = () => {}
  return {
    panic: line,
    shouldLog: () => true,
    setLogLevel: silent,
    unsetLogLevel: silent,
    activity: () => "",
    progress: silent,
    error: (text) => line(text),
    failure: () => ({}),
    success: () => ({}),
    silly: line,
    debug: line,
    verbose: line,
    http: line,
    info: line,
    warn: line,
    log: line,
  }
}
