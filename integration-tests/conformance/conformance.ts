import type { GatewayData } from "./gateway-data"
import { amounts } from "./scenarios/amounts"
import { cancel } from "./scenarios/cancel"
import { capabilities } from "./scenarios/capabilities"
import { capture } from "./scenarios/capture"
import { createFaults } from "./scenarios/create-faults"
import { deletion } from "./scenarios/delete"
import { initiate } from "./scenarios/initiate"
import { money } from "./scenarios/money"
import { queryFaults } from "./scenarios/query-faults"
import { refund } from "./scenarios/refund"
import { refundAnswers } from "./scenarios/refund-answers"
import { refundFaults } from "./scenarios/refund-faults"
import { secrets } from "./scenarios/secrets"
import { status } from "./scenarios/status"
import { token } from "./scenarios/token"
import { update } from "./scenarios/update"
import { webhook } from "./scenarios/webhook"
import { webhookForgery } from "./scenarios/webhook-forgery"
import { Store } from "./support/store"
import type { OpenStore, Suite } from "./support/suite"
import { Witness } from "./support/witness"

/** What each theme registers depends on the gateway's data: what a gateway can't have is not there at all. */
const themes: readonly ((suite: Suite) => void)[] = [
  capabilities,
  initiate,
  update,
  status,
  money,
  amounts,
  capture,
  refund,
  refundAnswers,
  refundFaults,
  cancel,
  deletion,
  webhook,
  webhookForgery,
  token,
  createFaults,
  queryFaults,
  secrets, // last: it searches what all the others left
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

  afterEach(async () => {
    for (const store of stores.splice(0)) {
      await store.close()
    }
  })

  for (const theme of themes) {
    theme({ gateway, openStore, witness })
  }
}
