import type { WorkflowData } from "@medusajs/framework/workflows-sdk"
import { acquireLockStep, releaseLockStep } from "@medusajs/medusa/core-flows"
import { parseOrderReference } from "../../modules/payment-journal/order-reference"

/** In seconds. */
const waitFor = 60
const keepFor = 180

/**
 * One look at a payment after the other: a webhook, a shopper who waits and a job may all find the same money
 * at once, and Medusa itself only locks carts.
 */
export function lockPayment(key: string | WorkflowData<string>) {
  return acquireLockStep({ key, timeout: waitFor, ttl: keepFor, executeOnSubWorkflow: true })
}

export function unlockPayment(key: string | WorkflowData<string>) {
  return releaseLockStep({ key, executeOnSubWorkflow: true })
}

export function lockKeyOfSession(sessionId: string): string {
  return `gateway-payment:${sessionId}`
}

export function lockKeyOfReference(reference: string): string {
  return lockKeyOfSession(parseOrderReference(reference)?.sessionId ?? reference)
}
