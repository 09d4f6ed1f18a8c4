/// <reference types="jest" />
// The globals of whoever runs the suite: nothing of Jest is imported.
import { Witness } from "../conformance/support/witness"
import type { PayoutData } from "./payout-data"
import { answers } from "./scenarios/answers"
import { beneficiary } from "./scenarios/beneficiary"
import { capabilities } from "./scenarios/capabilities"
import { credentials } from "./scenarios/credentials"
import { secrets } from "./scenarios/secrets"
import { transfer } from "./scenarios/transfer"
import { transferFaults } from "./scenarios/transfer-faults"
import { webhook } from "./scenarios/webhook"
import { webhookForgery } from "./scenarios/webhook-forgery"
import { PayoutClient } from "./support/payout-client"
import type { PayoutSuite } from "./support/payout-suite"

/** What each theme registers depends on the provider's data: what it can't have is not there at all. */
const themes: readonly ((suite: PayoutSuite) => void)[] = [
  capabilities,
  beneficiary,
  transfer,
  answers,
  transferFaults,
  credentials,
  webhook,
  webhookForgery,
  secrets, // last: it searches what all the others left
]

/**
 * The one suite that every provider of payouts passes: through its class as the payout module calls it, over
 * real HTTP, against the gateway's sandbox. Each scenario has a provider and a sandbox of its own.
 */
export function payoutConformance(data: PayoutData): void {
  const witness = new Witness()
  const personal = new Set<string>()
  const clients: PayoutClient[] = []
  const openClient: PayoutSuite["openClient"] = async (settings) => {
    const client = await PayoutClient.open(data, witness, personal, settings)
    clients.push(client)
    return client
  }
  afterEach(async () => {
    for (const client of clients.splice(0)) {
      await client.close()
    }
  })
  const name = `${data.identifier} (payouts${data.variant ? `, ${data.variant}` : ""})`
  for (const theme of themes) {
    theme({ data, name, openClient, witness, personal })
  }
}
