import { setTimeout as pause } from "node:timers/promises"
import type { Logger } from "@medusajs/framework/types"
import type { GatewayError } from "../../gateways/shared/errors"
import type { GatewayCallRecord } from "../../gateways/shared/request"
import { sharedTokens } from "../../gateways/shared/access-token"
import { leaseMs } from "../../shared/held-claim"
import type { PaymentJournal } from "../../modules/payment-journal/repositories/journal"
import type { ProviderHealth } from "../../modules/payment-journal/repositories/provider-health"
import { errorMessage } from "../../shared/errors"
import { recordGatewayCall } from "../../shared/telemetry"
import type { Announce } from "../../shared/events"
import { gatewayErrorOf } from "./errors"
import type { GatewayDefinition, PaymentGateway } from "./gateway"
import { parseOptions } from "./options"

/** What every step of the lifecycle works with. */
export type GatewayContext = {
  gateway: PaymentGateway
  journal: PaymentJournal
  log: Pick<Logger, "debug" | "info" | "warn" | "error">
  announce: Announce
  noteFailure: NoteFailure
  /** Resolves after so many milliseconds. */
  sleep: (ms: number) => Promise<unknown>
  /** How long an operation is held without a renewal, in milliseconds: a server that dies keeps it no longer. */
  leaseMs: number
}

export function gatewayContext(
  built: { gateway: PaymentGateway },
  tools: Pick<GatewayContext, "journal" | "log" | "announce"> &
    Partial<Pick<GatewayContext, "sleep" | "noteFailure">>
): GatewayContext {
  return {
    gateway: built.gateway,
    journal: tools.journal,
    log: tools.log,
    announce: tools.announce,
    noteFailure: tools.noteFailure ?? (async () => undefined),
    sleep: tools.sleep ?? pause,
    leaseMs,
  }
}

/** Tells the shop's owner how a call of a provider failed, in place of the failure before it. Never rejects. */
export type NoteFailure = (providerId: string, error: GatewayError) => Promise<void>

export function failureNoter(
  health: Pick<ProviderHealth, "noteFailure">,
  log: Pick<Logger, "warn">
): NoteFailure {
  return async (provider_id, error) => {
    try {
      const failure = { provider_id, call: error.operation, ...gatewayErrorOf(error) }
      await health.noteFailure(failure)
    } catch (fault) {
      log.warn(`${provider_id}: a failed call could not be noted: ${errorMessage(fault)}`)
    }
  }
}

export type BuiltGateway<Options> = { gateway: PaymentGateway; options: Options }

/** One gateway, with its connections and its access token, for all who hold the same options. */
const gateways = new WeakMap<object, WeakMap<object, PaymentGateway>>()

/**
 * The gateway that belongs to a provider's entry in the shop's config. Whoever comes second gets the same
 * one: the provider itself, the middlewares and the jobs share its token and its open connections.
 *
 * @param providerId for the log, looked up when there is something to tell: Medusa does not tell a provider its id
 * @throws MedusaError invalid_data when the options can't be used
 */
export function builtGateway<Options>(
  definition: GatewayDefinition<Options>,
  options: object,
  log: Pick<Logger, "debug" | "warn">,
  providerId: () => string | undefined = () => undefined
): BuiltGateway<Options> {
  const parsed = parseOptions(definition, options)
  const ofKind = gateways.get(definition) ?? new WeakMap<object, PaymentGateway>()
  gateways.set(definition, ofKind)
  const known = ofKind.get(options)
  if (known) {
    return { gateway: known, options: parsed }
  }
  const gateway = definition.build(parsed, {
    now: () => new Date(),
    onCall: (record) => noteCall(log, record, providerId()),
    tokens: sharedTokens,
  })
  ofKind.set(options, gateway)
  return { gateway, options: parsed }
}

/**
 * One line in the log for each attempt of a call, beside its span and its count; an answer is worth no more than a line
 * for debugging.
 *
 * @param providerId Medusa's, such as `pp_mocasa_main`: a shop can have one gateway more than once
 */
export function noteCall(
  log: Pick<Logger, "debug" | "warn">,
  record: GatewayCallRecord,
  providerId?: string
): void {
  recordGatewayCall(record, providerId)
  const answer = record.httpStatus === undefined ? "no answer" : `HTTP ${record.httpStatus}`
  const prefix = providerId === undefined ? "" : `${providerId}: `
  const line = `${prefix}${record.gateway} ${record.operation}: ${answer} after ${Math.round(record.ms)} ms`
  if (record.outcome === "answered") {
    log.debug(line)
  } else {
    log.warn(`${line}, ${record.outcome} (${record.reason ?? "refused"})`)
  }
}
