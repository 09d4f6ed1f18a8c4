/// <reference types="jest" />
// The globals of whoever runs the suite: nothing of Jest is imported.
import type { GatewayData } from "./gateway-data"
import { amounts, money } from "./scenarios/amounts"
import { cancel, capture, moveFaults } from "./scenarios/capture"
import { capabilities, possible } from "./scenarios/possible"
import { charge, chargeFaults } from "./scenarios/charge"
import { credentials } from "./scenarios/credentials"
import { createFaults, deletion, initiate, update } from "./scenarios/session"
import { payer } from "./scenarios/payer"
import { queryFaults, status } from "./scenarios/status"
import { refund, refundAnswers, refundFaults } from "./scenarios/refund"
import { secrets } from "./scenarios/secrets"
import { setUp } from "./scenarios/set-up"
import { token } from "./scenarios/token"
import { webhook, webhookForgery, webhookHints } from "./scenarios/webhook"
import { gatewayName } from "./support/suite"
import { Store } from "./support/store"
import type { OpenStore, Suite } from "./support/suite"
import { Witness } from "./support/witness"

type Theme = (suite: Suite) => void

/** What each theme registers depends on the gateway's data: what a gateway can't have is not there at all. */
const themes: readonly Theme[] = [
  capabilities,
  initiate,
  payer,
  update,
  status,
  money,
  amounts,
  capture,
  possible,
  refund,
  refundAnswers,
  refundFaults,
  moveFaults,
  cancel,
  deletion,
  webhook,
  webhookForgery,
  webhookHints,
  token,
  setUp,
  credentials,
  createFaults,
  queryFaults,
  secrets, // last: it searches what all the others left
]

/** Where the charge is merchant-initiated, nobody pays at the gateway: what is left of the others, and what is new. */
const chargedThemes: readonly Theme[] = [
  capabilities,
  charge,
  chargeFaults,
  setUp,
  credentials,
  amounts,
  capture,
  possible,
  refund,
  refundAnswers,
  refundFaults,
  moveFaults,
  secrets,
]

/**
 * The one suite that every gateway passes: through its provider class as Medusa calls it, over real HTTP,
 * against the gateway's sandbox. Each scenario has a store and a sandbox of its own.
 */
export function conformance(gateway: GatewayData): void {
  const witness = new Witness()
  const stores: Store[] = []
  const openStore: OpenStore = async (settings) => {
    const store = await Store.open(gateway, witness, settings)
    stores.push(store)
    return store
  }
  const shopping: Pick<Suite, "openWithSession" | "openWithAuthorized" | "openWithPaid"> = {
    openWithSession: async (amount, settings) => {
      const store = await openStore(settings)
      return { store, session: await store.checkout(amount) }
    },
    openWithAuthorized: async (amount, settings) => {
      const store = await openStore(settings)
      return { store, payment: await store.authorized(amount) }
    },
    openWithPaid: async (amount, settings) => {
      const store = await openStore(settings)
      return { store, payment: await store.paid(amount) }
    },
  }

  afterEach(async () => {
    for (const store of stores.splice(0)) {
      await store.close()
    }
  })

  const name = gatewayName(gateway)
  for (const theme of gateway.charges ? chargedThemes : themes) {
    theme({ gateway, name, openStore, ...shopping, witness })
  }
}
